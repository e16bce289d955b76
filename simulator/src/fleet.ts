import { systemClock, type Clock } from './clock.ts';
import type { DeviceSpec, Fleet, FleetEvent, FleetOptions, SimulatedDevice } from './fleet-types.ts';
import { Device } from './fleet/device.ts';
import { claimId, MAX_DEVICES, resolveSpec, resolveSpecs, type ResolvedSpec } from './fleet/device-spec.ts';
import { ProfileShelf } from './fleet/profile-shelf.ts';
import { StateFolder } from './fleet/state-folder.ts';
import type { FleetParts } from './fleet/wire-terminal.ts';
import { makeCertificate, type Certificate } from './http/certificate.ts';
import { downloadPicture } from './http/download.ts';
import { postToListener } from './http/post-to-listener.ts';
import { Targets } from './http/target.ts';
import { router } from './isapi/endpoints.ts';
import { seededRandom } from './random.ts';
import { PhotoShelf } from './terminal/photo-shelf.ts';

const DEFAULT_SEED = 1;
const DEFAULT_HOST = '127.0.0.1';

/** Starts a fleet of terminals in this process; resolves when every one of them can be called. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const fleet = new TerminalFleet(options);
  try {
    await fleet.start(resolveSpecs(options));
    return fleet;
  } catch (error) {
    await fleet.stop();
    throw error;
  }
}

class TerminalFleet implements Fleet {
  readonly seed: number;
  readonly clock: Clock;
  readonly #options: FleetOptions;
  readonly #parts: FleetParts;
  readonly #profiles: ProfileShelf;
  readonly #byId = new Map<string, Device>();
  readonly #listeners = new Set<(event: FleetEvent) => void>();
  #certificate: Promise<Certificate> | null = null;
  #state: StateFolder | null = null;
  #made = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.seed = options.seed ?? DEFAULT_SEED;
    this.clock = options.clock ?? systemClock;
    this.#profiles = new ProfileShelf(options);
    const { downloadHosts, photoMemoryMiB } = options;
    this.#parts = {
      clock: this.clock,
      host: options.host ?? DEFAULT_HOST,
      targets: new Targets(router),
      download: options.download ?? ((url) => downloadPicture(url, { allowedHosts: downloadHosts })),
      photos: new PhotoShelf(
        photoMemoryMiB === undefined ? {} : { maxKeptBytes: photoMemoryMiB * 1024 * 1024 },
      ),
      post: options.post ?? ((push, signal) => postToListener(push, signal, { allowedHosts: downloadHosts })),
      onDefect: reportDefect,
    };
  }

  get devices(): readonly SimulatedDevice[] {
    return [...this.#byId.values()];
  }

  device(id: string): SimulatedDevice {
    const device = this.#byId.get(id);
    if (device) return device;
    const known = [...this.#byId.keys()].slice(0, 10).join(', ');
    throw new Error(`This fleet has no device "${id}"; it has ${known === '' ? 'none at all' : known}.`);
  }

  async start(specs: readonly ResolvedSpec[]): Promise<void> {
    const { stateDir } = this.#options;
    if (stateDir !== undefined) this.#state = await StateFolder.open(stateDir, this.#parts.onDefect);
    const devices = await Promise.all(specs.map((spec) => this.#make(spec)));
    // A certificate takes a while: those that waited for one would come last.
    this.#byId.clear();
    for (const device of devices) this.#byId.set(device.id, device);
    await Promise.all(devices.map((device) => device.start()));
  }

  async addDevice(spec: DeviceSpec): Promise<SimulatedDevice> {
    if (this.#byId.size >= MAX_DEVICES)
      throw new Error(`A fleet holds at most ${MAX_DEVICES} devices; remove one first.`);
    const resolved = resolveSpec(spec, this.#options, this.#made);
    claimId(resolved.id, new Set(this.#byId.keys()));
    const device = await this.#make(resolved);
    try {
      await device.start();
    } catch (error) {
      this.#byId.delete(resolved.id);
      await device.stop();
      throw error;
    }
    this.#emit({ type: 'device', deviceId: device.id, what: 'added' });
    return device;
  }

  async removeDevice(id: string): Promise<void> {
    this.device(id);
    const device = this.#byId.get(id);
    this.#byId.delete(id);
    await device?.stop();
    this.#emit({ type: 'device', deviceId: id, what: 'removed' });
  }

  subscribe(listener: (event: FleetEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#byId.values(), (device) => device.stop()));
    await this.#state?.close();
    this.#state = null;
  }

  async #make(spec: ResolvedSpec): Promise<Device> {
    const traits = this.#profiles.traitsFor(spec);
    const certificate = spec.scheme === 'https' ? await this.#sharedCertificate() : null;
    const device = new Device({
      spec,
      traits,
      random: seededRandom(this.seed).fork(`device ${spec.id}`),
      certificate,
      fleet: this.#parts,
      listens: this.#options.listen ?? true,
      emit: (event) => {
        this.#emit(event);
      },
    });
    this.#made += 1;
    await this.#state?.attach(device);
    this.#byId.set(spec.id, device);
    return device;
  }

  /** Made when the first https device needs it: a key takes a while. */
  #sharedCertificate(): Promise<Certificate> {
    const make = () => makeCertificate('Terminal', new Date());
    this.#certificate ??= this.#state ? this.#state.certificate(make) : make();
    return this.#certificate;
  }

  #emit(event: FleetEvent): void {
    this.#state?.notice(event);
    for (const listener of this.#listeners) listener(event);
  }
}

/** A mistake of the simulator itself: said aloud, and the terminals go on. */
function reportDefect(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}
