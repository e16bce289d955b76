import type { Fault } from '../faults/fault.ts';
import { packagedSet } from '../faults/packaged-sets.ts';
import type { DeviceSpec, FleetOptions } from '../fleet-types.ts';
import type { FleetFile } from './fleet-file.ts';
import type { CommandLine } from './options.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_DEVICES = 3;
const DEFAULT_PORT = 9101;
const DEFAULT_CONTROL_PORT = 9100;
const DEFAULT_HOST = '127.0.0.1';

export interface PlannedFleet {
  fleet: FleetOptions;
  /** Of the control API: whoever opens the terminals to others does not thereby open what has no login. */
  controlHost: string;
  controlPort: number;
}

/** Leaves out what is absent: an explicit `undefined` would hide a default. */
function given<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as Partial<Value>;
}

function specsOf(line: CommandLine, file: FleetFile | null): number | DeviceSpec[] {
  const devices = line.devices ?? file?.devices ?? DEFAULT_DEVICES;
  const faults: (Fault | string)[] = [...(file?.faults ?? []), ...(line.faults ?? [])];
  const persons = file?.persons;
  if (faults.length === 0 && persons === undefined) return devices;
  const specs =
    typeof devices === 'number' ? Array.from({ length: devices }, (): DeviceSpec => ({})) : devices;
  return specs.map((spec) => ({
    ...spec,
    ...given({ persons: spec.persons ?? persons }),
    faults: [...faults, ...(spec.faults ?? [])],
  }));
}

/**
 * The fleet that command line and file ask for together; the command line wins.
 * @throws UsageError when they contradict each other, FaultError for an unknown packaged set
 */
export function planFleet(line: CommandLine, file: FleetFile | null): PlannedFleet {
  if (line.devices !== undefined && Array.isArray(file?.devices))
    throw new UsageError(
      `--devices ${line.devices} contradicts the ${file.devices.length} devices that the fleet file lists; leave one of them out.`,
    );
  for (const name of line.faults ?? []) packagedSet(name, '--faults');
  const host = line.host ?? file?.host ?? DEFAULT_HOST;
  const port = line.port ?? file?.port ?? DEFAULT_PORT;
  const controlPort = line.controlPort ?? file?.controlPort ?? DEFAULT_CONTROL_PORT;
  const devices = specsOf(line, file);
  checkPorts(devices, port, controlPort);
  return {
    controlHost: line.controlHost ?? file?.controlHost ?? DEFAULT_HOST,
    controlPort,
    fleet: {
      devices,
      port,
      host,
      ...given({
        username: line.username ?? file?.username,
        password: line.password ?? file?.password,
        profile: line.profile ?? file?.profile,
        traits: file?.traits,
        seed: line.seed ?? file?.seed,
        downloadHosts: line.downloadHosts ?? file?.downloadHosts,
        stateDir: line.state,
      }),
    },
  };
}

/** Two parts on one port would end in a message about a program that nobody else started. */
function checkPorts(devices: number | DeviceSpec[], first: number, controlPort: number): void {
  const specs =
    typeof devices === 'number' ? Array.from({ length: devices }, (): DeviceSpec => ({})) : devices;
  const taken = new Map<number, string>();
  if (controlPort !== 0) taken.set(controlPort, 'the control API (--control-port)');
  for (const [index, spec] of specs.entries()) {
    const port = spec.port ?? (first === 0 ? 0 : first + index);
    if (port === 0) continue;
    const other = taken.get(port);
    const name = `terminal ${spec.id ?? index + 1}`;
    if (other !== undefined)
      throw new UsageError(
        `Port ${port} is wanted by ${other} and by ${name}; choose another --port or --control-port.`,
      );
    taken.set(port, name);
  }
}
