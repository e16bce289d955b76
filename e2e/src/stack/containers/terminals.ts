import type { DeviceSpec } from '@pontaj/simulator';
import { HikvisionFleetContainer, type ContainerDevice } from '@pontaj/simulator/testcontainers';
import type { GroundOptions } from '../ground.ts';
import type { Terminal } from '../stack.ts';
import { ownerLabels, removeContainer } from './docker.ts';
import { hostOf, type Host } from './host.ts';

/** Terminals of one container: one host, a port each. */
export interface TerminalContainer {
  terminals: Terminal[];
  controlUrl: string;
  host: Host;
  remove(): Promise<void>;
}

/** Each terminal of a stack described; ids as a fleet in this process would give. */
export function terminalSpecs(devices: GroundOptions['devices'] = 3): (DeviceSpec & { id: string })[] {
  const specs: DeviceSpec[] =
    typeof devices === 'number' ? Array.from({ length: devices }, () => ({})) : devices;
  return specs.map((spec, index) => ({ ...spec, id: spec.id ?? `device-${index + 1}` }));
}

/**
 * Starts a container with these terminals, as `name` in the network; they download photos from `photoHost`. Their
 * address is the name, or with `addressing: 'ip'` what a real row has.
 */
export async function startTerminals(
  options: GroundOptions,
  specs: DeviceSpec[],
  network: string,
  name: string,
  { photoHost, addressing }: { photoHost: string; addressing: 'name' | 'ip' },
): Promise<TerminalContainer> {
  const { username, password } = options.terminalAccount;
  const fleet = await new HikvisionFleetContainer()
    .withDevices(specs)
    .withTraits(options.traits ?? {})
    .withAccount(username, password)
    .withSeed(options.seed ?? 1)
    .withDownloadHosts(photoHost, '127.0.0.1', 'localhost')
    .withLabels(ownerLabels)
    .withNetworkMode(network)
    .withNetworkAliases(name)
    .start();
  const id = fleet.getId();
  const host = hostOf(id, network, name);
  try {
    const address = addressing === 'name' ? name : await host.ipAddress();
    const views = new Map((await fleet.control.devices()).map((view) => [view.id, view]));
    return {
      terminals: fleet.devices.map((device) => {
        const view = views.get(device.id);
        if (!view) throw new Error(`The container has no terminal ${device.id}.`);
        return terminalOf(device, address, view);
      }),
      controlUrl: fleet.controlUrl,
      host,
      remove: () => removeContainer(id),
    };
  } catch (error) {
    await removeContainer(id);
    throw error;
  }
}

function terminalOf(
  { id, url, port, scheme, username, password, control }: ContainerDevice,
  host: string,
  { serialNumber, certificateFingerprint }: { serialNumber: string; certificateFingerprint: string | null },
): Terminal {
  return {
    id,
    url,
    address: { host, port, scheme },
    account: { username, password },
    serialNumber,
    certificateFingerprint,
    persons: () => control.persons(),
    faces: () => control.faces(),
    requests: (filter) => control.requests(filter),
    waitForRequest: (filter) => control.waitForRequest(filter),
    setFaults: (faults) => control.setFaults(faults),
    faultCounts: () => control.faultCounts(),
    changePassword: (to) => control.changePassword(to),
    editAtTerminal: (change) => control.editAtTerminal(change),
    showFace: (employeeNo) => control.showFace(employeeNo),
    powerOff: () => control.powerOff(),
    powerOn: () => control.powerOn(),
  };
}
