import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';

/** What tells one terminal from another of the same model. Survives everything, a factory reset too. */
export interface Identity {
  /** Model, build date, version digits, language and nine characters: `DS-K1A340FWX20240102V010207ENX00000001`. */
  serialNumber: string;
  /** The nine characters at the end, as events carry them. */
  shortSerial: string;
  macAddress: string;
  deviceName: string;
  /** Of the digest challenge: `DS-` and eight hex characters; not the model. */
  realm: string;
}

const BUILD_DATE = /^build (\d{6})$/;

/** Draws the identity of a new terminal. The same random gives the same identity. */
export function drawIdentity(traits: Traits, random: Random): Identity {
  const shortSerial = `F${String(random.int(100_000_000)).padStart(8, '0')}`;
  const date = BUILD_DATE.exec(traits.firmwareReleasedDate)?.[1];
  const version = traits.firmwareVersion
    .replace(/^V/, '')
    .split('.')
    .map((part) => part.padStart(2, '0'))
    .join('');
  return {
    serialNumber: `${traits.model}${date ? `20${date}` : '20240101'}V${version}EN${shortSerial}`,
    shortSerial,
    // Locally administered: no address of a real vendor.
    macAddress: `02:${(random.hex(10).match(/../g) ?? []).join(':')}`,
    deviceName: traits.deviceName,
    realm: `DS-${random.hex(8)}`,
  };
}
