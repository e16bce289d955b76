import { describe, expect, it } from 'vitest';
import type { FleetEvent, FleetOptions } from './fleet-types.ts';
import { COUNT, fleetOf, signed, textOf } from './fleet/testing.ts';

describe('a fleet', () => {
  it('comes out the same from the same seed and calls', async () => {
    const tell = async (seed: number) => {
      const { device } = await fleetOf({
        seed,
        devices: [{ faults: [{ when: { probability: 0.5 }, what: { kind: 'busy' } }] }],
      });
      const told: string[] = [device.serialNumber];
      for (let call = 0; call < 20; call += 1) {
        const first = await device.handle({ method: 'GET', target: COUNT });
        told.push(first.kind === 'answer' ? String(first.headers['www-authenticate']) : first.how);
        told.push(textOf(await signed(device, 'GET', COUNT)));
      }
      return told;
    };
    const told = await tell(7);
    expect(await tell(7)).toEqual(told);
    expect(await tell(8)).not.toEqual(told);
    expect(told.some((text) => text.includes('deviceBusy'))).toBe(true);
    expect(told.some((text) => text.startsWith('200'))).toBe(true);
  });

  it('has terminals that differ, and keep their identity whatever stands beside them', async () => {
    const { fleet } = await fleetOf({ devices: [{}, { id: 'gate' }, { id: 'yard' }] });
    const { fleet: other } = await fleetOf({ devices: [{}, { id: 'first' }, { id: 'gate' }] });
    expect(fleet.device('gate').serialNumber).not.toBe(fleet.device('yard').serialNumber);
    expect(other.device('gate').serialNumber).toBe(fleet.device('gate').serialNumber);
  });

  it('names what it has when asked for what it has not', async () => {
    const { fleet } = await fleetOf({ devices: 2 });
    expect(() => fleet.device('gate')).toThrow('no device "gate"; it has device-1, device-2.');
  });

  it('takes devices in and lets them go', async () => {
    const { fleet } = await fleetOf();
    const events: FleetEvent[] = [];
    const stop = fleet.subscribe((event) => events.push(event));
    const added = await fleet.addDevice({ profile: 'ds-k1a340' });
    expect(added.id).toBe('device-2');
    expect(added.model).toMatch(/^DS-K1A340/);
    await expect(fleet.addDevice({ id: 'device-2' })).rejects.toThrow('Two devices are called "device-2"');
    await fleet.removeDevice('device-2');
    expect(fleet.devices.map(({ id }) => id)).toEqual(['device-1']);
    expect(await added.handle({ method: 'GET', target: COUNT })).toMatchObject({ how: 'refused' });
    stop();
    await fleet.addDevice({});
    expect(events.filter(({ type }) => type === 'device')).toEqual([
      { type: 'device', deviceId: 'device-2', what: 'added' },
      expect.objectContaining({ what: 'power' }),
      { type: 'device', deviceId: 'device-2', what: 'removed' },
    ]);
  });

  it.each([
    [{ profile: 'ds-none' }, /There is no profile "ds-none"/],
    [{ traits: { maxPersons: -1 } }, /trait "maxPersons" is -1/],
    [{ devices: [{ faults: ['none-such'] }] }, /none-such/],
  ] as [Partial<FleetOptions>, RegExp][])('refuses %j in words', async (options, words) => {
    await expect(fleetOf(options)).rejects.toThrow(words);
  });
});
