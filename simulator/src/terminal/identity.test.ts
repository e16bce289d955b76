import { describe, expect, it } from 'vitest';
import { builtInProfiles } from '../profiles/built-in.ts';
import { traitsOf } from '../profiles/profile.ts';
import { seededRandom } from '../random.ts';
import { drawIdentity } from './identity.ts';

const identityOf = (profile: string, seed: number) =>
  drawIdentity(traitsOf(builtInProfiles.get(profile)!), seededRandom(seed));

describe('drawIdentity', () => {
  it('builds the serial number as devices do', () => {
    const { serialNumber, shortSerial } = identityOf('ds-k1a340', 1);
    expect(serialNumber).toMatch(/^DS-K1A340FWX20240102V010207ENF\d{8}$/);
    expect(serialNumber.endsWith(shortSerial)).toBe(true);
    expect(shortSerial).toHaveLength(9);
  });

  it('has a realm that is not the model, and a made-up address', () => {
    const { realm, macAddress } = identityOf('generic', 1);
    expect(realm).toMatch(/^DS-[0-9a-f]{8}$/);
    expect(macAddress).toMatch(/^02(:[0-9a-f]{2}){5}$/);
  });

  it('is the same for the same seed and another one for another', () => {
    expect(identityOf('generic', 5)).toEqual(identityOf('generic', 5));
    expect(identityOf('generic', 5).serialNumber).not.toBe(identityOf('generic', 6).serialNumber);
  });
});
