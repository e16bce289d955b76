import type { z } from 'zod';
import type { Fault } from '../../faults/fault.ts';
import type { DeviceSpec } from '../../fleet-types.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { unknownRequest } from '../schemas.ts';
import { controlCalls, controlPath, type ControlCall } from './control-call.ts';
import { DeviceControl, type DeviceView } from './device-control.ts';

/**
 * A fleet in another process or container, steered over its control API. Every method throws ControlError.
 *
 * @example
 * const fleet = new FleetControl('http://127.0.0.1:9100');
 * await fleet.device('device-1').setFaults(['flaky-vpn']);
 */
export class FleetControl {
  /** Of the control API, as given. */
  readonly url: string;
  readonly #call: ControlCall;

  constructor(url: string, options: { fetch?: typeof fetch } = {}) {
    this.url = url;
    this.#call = controlCalls(url, options.fetch);
  }

  /** One device by its id; nothing is asked until a method is called. */
  device(id: string): DeviceControl {
    return new DeviceControl(id, this.#call);
  }

  /** All devices, in their order. */
  devices(): Promise<DeviceView[]> {
    return this.#call('GET', '/api/devices');
  }

  /** Everything absent is as the fleet was started. */
  async addDevice(spec: DeviceSpec): Promise<DeviceView> {
    return this.#call('POST', '/api/devices', { body: spec });
  }

  async removeDevice(id: string): Promise<void> {
    await this.#call('DELETE', controlPath`/api/devices/${id}`);
  }

  /** Every device forgets what it was told; identity and credentials stay. */
  async reset(): Promise<void> {
    await this.#call('POST', '/api/reset');
  }

  /** `nowMs` is the fleet's clock, milliseconds since 1970. */
  show(): Promise<{ seed: number; nowMs: number; devices: number }> {
    return this.#call('GET', '/api/fleet');
  }

  /** Requests that no endpoint answers, with the nearest one that exists. */
  unknownRequests(): Promise<z.infer<typeof unknownRequest>[]> {
    return this.#call('GET', '/api/unknown-requests');
  }

  /** The models that come with the simulator. */
  profiles(): Promise<Profile[]> {
    return this.#call('GET', '/api/profiles');
  }

  faultSets(): Promise<{ name: string; description: string; faults: Fault[] }[]> {
    return this.#call('GET', '/api/fault-sets');
  }

  faultKinds(): Promise<{ kind: string; summary: string; example: Fault['what'] }[]> {
    return this.#call('GET', '/api/fault-kinds');
  }
}
