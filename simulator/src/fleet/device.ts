import type { Fault } from '../faults/fault.ts';
import type { FleetEvent, HandAnswer, HandRequest, SimulatedDevice } from '../fleet-types.ts';
import type { CardView, EventView, FaceView, FaultCount, PersonView } from '../fleet-types.ts';
import type { Certificate } from '../http/certificate.ts';
import { handInProcess } from '../http/hand.ts';
import type { PowerState } from '../http/power.ts';
import type { JournalEntry, JournalFilter } from '../journal/journal.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';
import { showCard, showFace } from '../terminal/access.ts';
import type { PersonEdit } from '../terminal/person-edit.ts';
import { tellFleet } from './device-events.ts';
import type { ResolvedSpec } from './device-spec.ts';
import { applySnapshot, takeSnapshot } from './device-snapshot.ts';
import { editPerson, eventViews, faceViews, personViews, seedPersons } from './device-views.ts';
import { keepPort } from './keep-port.ts';
import type { PortKeeper } from './port-keeper.ts';
import { wireTerminal, type FleetParts, type TerminalParts } from './wire-terminal.ts';

export interface DeviceDeps {
  spec: ResolvedSpec;
  traits: Traits;
  random: Random;
  certificate: Certificate | null;
  fleet: FleetParts;
  listens: boolean;
  emit: (event: FleetEvent) => void;
}

/** One simulated terminal as tests, the control API and the command see it. */
export class Device implements SimulatedDevice {
  readonly id: string;
  readonly host: string;
  readonly scheme: 'http' | 'https';
  readonly profile: string;
  readonly certificateFingerprint: string | null;
  readonly #deps: DeviceDeps;
  readonly #parts: TerminalParts;
  readonly #keeper: PortKeeper | null;

  constructor(deps: DeviceDeps) {
    const { spec, fleet } = deps;
    this.#deps = deps;
    this.id = spec.id;
    this.host = fleet.host;
    this.scheme = spec.scheme;
    this.profile = spec.profile;
    this.certificateFingerprint = deps.certificate?.fingerprint ?? null;
    this.#parts = wireTerminal({
      ...deps,
      effects: {
        changePassword: (password) => {
          this.changePassword(password);
        },
        reboot: ({ awayMs, atMs }) => {
          this.#startReboot(awayMs, atMs);
        },
        editAtTerminal: (change) => {
          this.editAtTerminal(change);
        },
        setClockOffset: (offsetMs) => {
          this.setClockOffset(offsetMs);
        },
      },
      onPower: (state) => {
        this.#powerChanged(state);
      },
      onRebootAsked: () => {
        this.#startReboot(undefined, fleet.clock.now());
      },
      onPushed: (push) => {
        deps.emit({ type: 'push', deviceId: this.id, push });
      },
      origin: () => this.#origin(),
    });
    this.#keeper = deps.listens ? keepPort(this.#parts, deps.spec.port, deps.fleet) : null;
    seedPersons(this.#parts.terminal, spec.persons ?? []);
    tellFleet(this.#parts, this.id, deps.emit);
    if (spec.faults) this.#parts.faults.set(spec.faults);
  }

  /** Opens the port, where the device listens. @throws Error when it is taken */
  async start(): Promise<void> {
    if (!this.#deps.listens) return;
    // Opened once in any case, so that a free port is known even to a device that begins its life offline.
    await this.#parts.server.open(this.#deps.spec.port);
    this.#poke();
    await this.#keeper?.settled();
  }

  /** Closes the port for good; nothing is under way any more. */
  async stop(): Promise<void> {
    this.#parts.power.off();
    await this.#keeper?.stop();
  }

  get url(): string {
    if (!this.#deps.listens) return '';
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return `${this.scheme}://${host}:${this.port}`;
  }

  get port(): number {
    return this.#parts.server.port;
  }

  get username(): string {
    return this.#parts.terminal.accounts.primary.username;
  }

  get password(): string {
    return this.#parts.terminal.accounts.primary.password;
  }

  get serialNumber(): string {
    return this.#parts.terminal.identity.serialNumber;
  }

  get model(): string {
    return this.#deps.traits.model;
  }

  get power(): PowerState {
    this.#parts.faults.settle();
    return this.#parts.power.state;
  }

  persons(): PersonView[] {
    this.#parts.faults.settle();
    return personViews(this.#parts.terminal);
  }

  faces(): FaceView[] {
    this.#parts.faults.settle();
    return faceViews(this.#parts.terminal);
  }

  cards(): CardView[] {
    this.#parts.faults.settle();
    return this.#parts.terminal.cards.snapshot();
  }

  events(limit?: number): EventView[] {
    this.#parts.faults.settle();
    return eventViews(this.#parts.terminal, limit);
  }

  counts(): { persons: number; faces: number } {
    this.#parts.faults.settle();
    const { persons, faces } = this.#parts.terminal;
    return { persons: persons.size, faces: faces.size };
  }

  requests(filter?: JournalFilter): JournalEntry[] {
    return this.#parts.journal.list(filter);
  }

  waitForRequest(
    filter: JournalFilter,
    options?: { includePast?: boolean; signal?: AbortSignal },
  ): Promise<JournalEntry> {
    return this.#parts.journal.waitFor(filter, options);
  }

  setFaults(faults: (Fault | string)[]): void {
    this.#parts.faults.set(faults);
    this.#faultsChanged();
  }

  addFault(fault: Fault | string): string {
    const id = this.#parts.faults.add(fault);
    this.#faultsChanged();
    return id;
  }

  removeFault(faultId: string): boolean {
    const removed = this.#parts.faults.remove(faultId);
    if (removed) this.#faultsChanged();
    return removed;
  }

  clearFaults(): void {
    this.#parts.faults.clear();
    this.#faultsChanged();
  }

  faults(): Fault[] {
    return this.#parts.faults.list();
  }

  faultCounts(): FaultCount[] {
    return this.#parts.faults.counts();
  }

  async handle(request: HandRequest): Promise<HandAnswer> {
    const { faults, power, pipeline } = this.#parts;
    if (this.power !== 'on' || faults.connectionRefused())
      return { kind: 'no-answer', how: 'refused', done: false };
    return handInProcess(request, {
      pipeline,
      clock: this.#deps.fleet.clock,
      powerSignal: () => power.signal,
      origin: this.#origin(),
    });
  }

  async powerOff(): Promise<void> {
    this.#parts.power.off();
    await this.#keeper?.settled();
  }

  async powerOn(): Promise<void> {
    this.#parts.power.on();
    await this.#keeper?.settled();
  }

  /** Resolves when the device is gone; it comes back by its clock. */
  async reboot(awayMs?: number): Promise<void> {
    this.#startReboot(awayMs, this.#deps.fleet.clock.now());
    await this.#keeper?.settled();
  }

  changePassword(password: string): void {
    const { accounts } = this.#parts.terminal;
    accounts.changePassword(accounts.primary.username, password);
    this.#changed('changed');
  }

  editAtTerminal(change: PersonEdit): void {
    editPerson(this.#parts.terminal, change);
    this.#changed('changed');
  }

  showFace(employeeNo: string | null): void {
    showFace(this.#parts.terminal, employeeNo);
  }

  showCard(cardNo: string): void {
    showCard(this.#parts.terminal, cardNo);
  }

  setClockOffset(offsetMs: number): void {
    this.#parts.terminal.deviceTime.setOffset(offsetMs);
    this.#changed('changed');
  }

  snapshot(): unknown {
    return takeSnapshot(this.#parts.terminal, this.#parts.faults);
  }

  restore(snapshot: unknown): void {
    applySnapshot(snapshot, this.#parts.terminal, this.#parts.faults);
    this.#poke();
    this.#changed('restored');
  }

  reset(): void {
    this.#parts.terminal.reset();
    this.#parts.faults.clear();
    this.#parts.journal.clear();
    this.#poke();
    this.#changed('reset');
  }

  #origin(): string {
    return this.url === '' ? `${this.scheme}://${this.id}` : this.url;
  }

  #startReboot(awayMs: number | undefined, atMs: number): void {
    this.#parts.power.reboot(atMs + (awayMs ?? this.#deps.traits.rebootMs));
  }

  /** Off and away end everything under way; whoever comes back knows no nonce and no lock. */
  #powerChanged(state: PowerState): void {
    if (state !== 'on') this.#parts.terminal.powerLost();
    this.#parts.door.restart();
    this.#poke();
    this.#changed('power');
  }

  #faultsChanged(): void {
    this.#poke();
    this.#changed('faults');
  }

  #poke(): void {
    this.#keeper?.poke();
  }

  #changed(what: (FleetEvent & { type: 'device' })['what']): void {
    this.#deps.emit({ type: 'device', deviceId: this.id, what });
  }
}
