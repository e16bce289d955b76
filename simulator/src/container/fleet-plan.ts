import type { DeviceSpec } from '../fleet-types.ts';
import type { Fault } from '../faults/fault.ts';
import { resolveSpecs } from '../fleet/device-spec.ts';
import type { Traits } from '../profiles/traits.ts';

/** As the command has them by default. */
export const CONTROL_PORT = 9100;
const FIRST_DEVICE_PORT = 9101;

/** What was asked of a fleet in a container, before it starts. */
export interface FleetWish {
  devices: number | DeviceSpec[];
  profile?: string;
  traits?: Partial<Traits>;
  faults: (Fault | string)[];
  account: { username: string; password: string };
  seed?: number;
  downloadHosts?: string[];
}

/** A terminal as it will stand in the container. */
export interface PlannedDevice {
  id: string;
  port: number;
  scheme: 'http' | 'https';
  username: string;
  password: string;
}

/**
 * The fleet file for the simulator in the container, and where its terminals will answer.
 * @throws Error for a device that cannot be, before a container is started for it
 */
export function planFleetContainer(wish: FleetWish): {
  file: Record<string, unknown>;
  devices: PlannedDevice[];
} {
  const { devices, faults, account, ...rest } = wish;
  const wanted: DeviceSpec[] =
    typeof devices === 'number' ? resolveSpecs({ devices }).map(({ id }) => ({ id })) : devices;
  const resolved = resolveSpecs({ devices: wanted, port: FIRST_DEVICE_PORT, ...account });
  return {
    file: {
      ...rest,
      ...account,
      port: FIRST_DEVICE_PORT,
      controlPort: CONTROL_PORT,
      devices: resolved.map(({ id, port }, index) => {
        const spec = wanted[index] ?? {};
        return { ...spec, id, port, faults: [...faults, ...(spec.faults ?? [])] };
      }),
    },
    devices: resolved.map(({ id, port, scheme, username, password }) => ({
      id,
      port,
      scheme,
      username: username ?? account.username,
      password: password ?? account.password,
    })),
  };
}
