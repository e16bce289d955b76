import { isIP } from 'node:net';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import type { DeviceSpec } from '../fleet-types.ts';
import type { Fault } from '../faults/fault.ts';
import { packagedSet } from '../faults/packaged-sets.ts';
import type { Traits } from '../profiles/traits.ts';
import { CONTROL_PORT, planFleetContainer, type FleetWish } from './fleet-plan.ts';
import { StartedHikvisionFleetContainer } from './started-fleet-container.ts';

/** What `npm run containers:build` makes; a registry's name goes into the constructor. */
const IMAGE = 'pontaj/simulator:local';
const FLEET_FILE = '/tmp/fleet.json';
const READY = /Page and control API: /;
/** Of the output, for the message when the fleet does not start. */
const MAX_OUTPUT_CHARS = 4000;

/**
 * Simulated Hikvision terminals in a container, for tests in any project that uses testcontainers.
 *
 * @example
 * const fleet = await new HikvisionFleetContainer().withDevices(3).withProfile('ds-k1t342mfwx').withFaults('flaky-vpn').start();
 * await mySync(fleet.device().url);
 * expect(await fleet.device().control.persons()).toMatchObject([{ employeeNo: '1000' }]);
 * await fleet.stop();
 */
export class HikvisionFleetContainer extends GenericContainer {
  readonly #wish: FleetWish = {
    devices: 1,
    faults: [],
    account: { username: 'admin', password: 'Parola-123' },
  };

  constructor(image = IMAGE) {
    super(image);
  }

  /** How many terminals (default 1), or each one described. */
  withDevices(devices: number | DeviceSpec[]): this {
    this.#wish.devices = devices;
    return this;
  }

  /** Model and firmware of every terminal: a built-in profile. */
  withProfile(name: string): this {
    this.#wish.profile = name;
    return this;
  }

  /** Overrides single traits of every terminal's profile. */
  withTraits(traits: Partial<Traits>): this {
    this.#wish.traits = traits;
    return this;
  }

  /** Faults of every terminal from its start, or names of packaged sets; a device's own come on top. */
  withFaults(...faults: (Fault | string)[]): this {
    for (const fault of faults) if (typeof fault === 'string') packagedSet(fault, 'withFaults');
    this.#wish.faults.push(...faults);
    return this;
  }

  /** The account of every terminal; default `admin`, `Parola-123`. */
  withAccount(username: string, password: string): this {
    this.#wish.account = { username, password };
    return this;
  }

  /** Everything random comes from it. */
  withSeed(seed: number): this {
    this.#wish.seed = seed;
    return this;
  }

  /** Hosts, as seen from the container, that terminals may download photos from; default: the container itself. */
  withDownloadHosts(...hosts: string[]): this {
    this.#wish.downloadHosts = hosts;
    return this;
  }

  /** @throws Error with the simulator's own words when it does not start */
  override async start(): Promise<StartedHikvisionFleetContainer> {
    const { file, devices } = planFleetContainer(this.#wish);
    let output = '';
    // The control API is reached through the port that docker publishes: it has no login, and no other way leads to it.
    this.withCommand(['--control-host', '0.0.0.0', '--fleet', FLEET_FILE])
      .withCopyContentToContainer([{ content: JSON.stringify(file), target: FLEET_FILE, mode: 0o444 }])
      .withExposedPorts(CONTROL_PORT, ...devices.map(({ port }) => port))
      // Printed when everything listens; an output that ends before it is a start that failed.
      .withWaitStrategy(Wait.forLogMessage(READY))
      .withLogConsumer((stream) =>
        stream.on('data', (chunk: unknown) => {
          output = `${output}${String(chunk)}`.slice(-MAX_OUTPUT_CHARS);
        }),
      );
    await this.#publishAtHome();
    try {
      return new StartedHikvisionFleetContainer(await super.start(), devices);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The fleet did not start: ${why}. Its output: ${output.trim() || 'none'}`, {
        cause: error,
      });
    }
  }

  /** Where the engine is on this machine: ports on its loopback address alone, not on every one as engines do by themselves. */
  async #publishAtHome(): Promise<void> {
    const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
    if (host !== 'localhost' && !(isIP(host) === 4 && host.startsWith('127.'))) return;
    const published = (this.hostConfig.PortBindings ?? {}) as Record<string, { HostIp?: string }[]>;
    for (const binding of Object.values(published).flat()) binding.HostIp = '127.0.0.1';
  }
}
