import type { DeviceSpec, FleetOptions } from '../fleet-types.ts';
import type { AccountSeed } from '../terminal/accounts.ts';

/** A device as it will be made: every default is filled in. */
export interface ResolvedSpec extends DeviceSpec {
  id: string;
  profile: string;
  /** 0: a free one. */
  port: number;
  scheme: 'http' | 'https';
  accounts: AccountSeed[];
}

/** Terminals of one fleet. A process holds some thousands; more is a slip of the keyboard. */
export const MAX_DEVICES = 10_000;
const MAX_PORT = 65_535;
const DEFAULT_USERNAME = 'admin';
const DEFAULT_PASSWORD = 'Parola-123';
/** Ids appear in URLs of the control API and in file names. */
const ID_FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Spells out the devices of a fleet. @throws Error that names the option, its value and what to do */
export function resolveSpecs(options: FleetOptions): ResolvedSpec[] {
  const specs = typeof options.devices === 'number' ? emptySpecs(options.devices) : options.devices;
  if (specs.length > MAX_DEVICES) throw tooMany(specs.length);
  const taken = new Set<string>();
  return specs.map((spec, index) => {
    const resolved = resolveSpec(spec, options, index);
    claimId(resolved.id, taken);
    return resolved;
  });
}

/** Spells out one device, the `index`th of its fleet. @throws Error as `resolveSpecs` */
export function resolveSpec(spec: DeviceSpec, options: FleetOptions, index: number): ResolvedSpec {
  const id = spec.id ?? `device-${index + 1}`;
  if (!ID_FORM.test(id))
    throw new Error(
      `Device id "${id}" will not do: letters, digits, ".", "_" and "-", at most 64, beginning with a letter or digit.`,
    );
  const scheme = spec.scheme ?? 'http';
  if (!['http', 'https'].includes(scheme))
    throw new Error(`Device ${id}: scheme "${scheme}" is neither http nor https.`);
  return {
    ...spec,
    id,
    scheme,
    profile: spec.profile ?? options.profile ?? 'generic',
    port: portOf(spec, options, index, id),
    accounts: accountsOf(spec, options, id),
  };
}

export function claimId(id: string, taken: Set<string>): void {
  if (taken.has(id)) throw new Error(`Two devices are called "${id}"; every id of a fleet is given once.`);
  taken.add(id);
}

function emptySpecs(count: number): DeviceSpec[] {
  if (!Number.isInteger(count) || count < 0)
    throw new Error(
      `devices is ${count}; give a whole number from 0 to ${MAX_DEVICES}, or a list of devices.`,
    );
  if (count > MAX_DEVICES) throw tooMany(count);
  return Array.from({ length: count }, () => ({}));
}

function tooMany(count: number): Error {
  return new Error(`A fleet of ${count} devices is too large; one process holds at most ${MAX_DEVICES}.`);
}

function portOf(spec: DeviceSpec, options: FleetOptions, index: number, id: string): number {
  const first = options.port ?? 0;
  const port = spec.port ?? (first === 0 ? 0 : first + index);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT)
    throw new Error(
      `Device ${id} would listen on port ${port}; ports end at ${MAX_PORT}. Lower the first port (now ${first}) or take 0 for free ones.`,
    );
  return port;
}

function accountsOf(spec: DeviceSpec, options: FleetOptions, id: string): AccountSeed[] {
  const main: AccountSeed = {
    username: spec.username ?? options.username ?? DEFAULT_USERNAME,
    password: spec.password ?? options.password ?? DEFAULT_PASSWORD,
    privilege: 'admin',
  };
  const accounts = [main, ...(spec.users ?? [])];
  const names = new Set<string>();
  for (const { username, password } of accounts) {
    if (username === '' || username.includes(':'))
      throw new Error(
        `Device ${id}: user name "${username}" will not do; digest allows no ":" and no empty name.`,
      );
    if (password === '') throw new Error(`Device ${id}: user "${username}" has no password; give one.`);
    if (names.has(username)) throw new Error(`Device ${id}: user "${username}" is given twice.`);
    names.add(username);
  }
  return accounts;
}
