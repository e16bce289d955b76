import { AbstractStartedContainer, type StartedTestContainer } from 'testcontainers';
import type { DeviceControl } from '../control/client/device-control.ts';
import { FleetControl } from '../control/client/fleet-control.ts';
import { CONTROL_PORT, type PlannedDevice } from './fleet-plan.ts';

/** A terminal of a fleet in a container. */
export interface ContainerDevice extends PlannedDevice {
  /** As this process reaches it, `http://localhost:32768`; another one after a restart of the container. */
  readonly url: string;
  /** Steers it over the control API. */
  readonly control: DeviceControl;
}

/** A running `HikvisionFleetContainer`. */
export class StartedHikvisionFleetContainer extends AbstractStartedContainer {
  readonly #planned: readonly PlannedDevice[];

  constructor(started: StartedTestContainer, planned: readonly PlannedDevice[]) {
    super(started);
    this.#planned = planned;
  }

  /** Of the control API and its page, as this process reaches it. */
  get controlUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(CONTROL_PORT)}`;
  }

  /** Steers the fleet. After a restart of the container ask for it again: its port is another one. */
  get control(): FleetControl {
    return new FleetControl(this.controlUrl);
  }

  /** All terminals the container was started with, in their order. */
  get devices(): readonly ContainerDevice[] {
    const { control } = this;
    return this.#planned.map((planned) => ({
      ...planned,
      url: `${planned.scheme}://${this.getHost()}:${this.getMappedPort(planned.port)}`,
      control: control.device(planned.id),
    }));
  }

  /** A terminal by its id; without one the first. @throws Error naming those there are */
  device(id?: string): ContainerDevice {
    const { devices } = this;
    const found = id === undefined ? devices[0] : devices.find((device) => device.id === id);
    if (found) return found;
    const known = devices.map((device) => device.id).join(', ');
    throw new Error(
      `This fleet has no device "${id ?? ''}"; it has ${known === '' ? 'none at all' : known}.`,
    );
  }
}
