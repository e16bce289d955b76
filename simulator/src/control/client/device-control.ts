import type { z } from 'zod';
import type { Fault } from '../../faults/fault.ts';
import type { CardView, EventView, FaceView, FaultCount, PersonView } from '../../fleet-types.ts';
import type { JournalEntry, JournalFilter } from '../../journal/journal.ts';
import type { deviceView } from '../schemas.ts';
import { controlPath, type ControlCall } from './control-call.ts';
import type { PersonEdit } from '../../terminal/person-edit.ts';

/** A device as the control API shows it. */
export type DeviceView = z.infer<typeof deviceView>;

/** A journal filter as it travels in a query. */
export type RequestFilter = { [Name in keyof JournalFilter]: Exclude<JournalFilter[Name], null> };

/** The API's largest page of a journal. */
const PAGE_ENTRIES = 1000;
/** The longest the API lets anybody wait. */
const MAX_WAIT_MS = 120_000;
/** For the answer to arrive after the wait has ended there. */
const ANSWER_MS = 10_000;

/** One simulated terminal behind the control API. Every method throws ControlError. */
export class DeviceControl {
  readonly id: string;
  readonly #call: ControlCall;
  readonly #path: string;

  constructor(id: string, call: ControlCall) {
    this.id = id;
    this.#call = call;
    this.#path = controlPath`/api/devices/${id}`;
  }

  /** Address, model, power, and how many persons and faces it holds. */
  show(): Promise<DeviceView> {
    return this.#call('GET', this.#path);
  }

  persons(): Promise<PersonView[]> {
    return this.#call('GET', `${this.#path}/persons`);
  }

  faces(): Promise<FaceView[]> {
    return this.#call('GET', `${this.#path}/faces`);
  }

  cards(): Promise<CardView[]> {
    return this.#call('GET', `${this.#path}/cards`);
  }

  /** The newest `limit` lines of its event log (default 100), oldest of them first. */
  events(limit?: number): Promise<EventView[]> {
    return this.#call('GET', `${this.#path}/events`, { query: { limit } });
  }

  /** The journal, oldest first: all kept entries that fit, or with `limit` (at most 1,000) the newest so many. */
  async requests(filter: RequestFilter = {}): Promise<JournalEntry[]> {
    const read = (query: RequestFilter) =>
      this.#call<JournalEntry[]>('GET', `${this.#path}/requests`, { query });
    if (filter.limit !== undefined) return read(filter);
    const found: JournalEntry[] = [];
    for (let after = filter.after ?? 0; ; after = found.at(-1)?.sequence ?? after) {
      const page = await read({ ...filter, after, limit: PAGE_ENTRIES });
      found.push(...page);
      if (page.length < PAGE_ENTRIES) return found;
    }
  }

  /**
   * The next request that fits, once it is over: the next from when the simulator hears of this call, or with `after`
   * (or `includePast`) the first kept one. `nothing_arrived` after `timeoutMs` (default and at most 120 s).
   */
  waitForRequest(
    filter: RequestFilter,
    options: { includePast?: boolean; timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<JournalEntry> {
    const { includePast = filter.after !== undefined, timeoutMs = MAX_WAIT_MS, signal } = options;
    return this.#call('GET', `${this.#path}/requests/next`, {
      query: { ...filter, timeoutMs, includePast: String(includePast) },
      timeoutMs: timeoutMs + ANSWER_MS,
      signal,
    });
  }

  faults(): Promise<Fault[]> {
    return this.#call('GET', `${this.#path}/faults`);
  }

  /** How often each fault has taken part; a call that it holds up counts already. */
  faultCounts(): Promise<FaultCount[]> {
    return this.#call('GET', `${this.#path}/faults/counts`);
  }

  /** Replaces all faults; a name stands for a packaged set. */
  async setFaults(faults: readonly (Fault | string)[]): Promise<void> {
    await this.#call('PUT', `${this.#path}/faults`, { body: faults });
  }

  /** @returns the fault's id, for `removeFault` */
  async addFault(fault: Fault | string): Promise<string> {
    return (await this.#call<{ id: string }>('POST', `${this.#path}/faults`, { body: fault })).id;
  }

  async removeFault(faultId: string): Promise<void> {
    // The ids of a packaged set have a slash, and the API takes them as they are.
    const escaped = faultId.split('/').map(encodeURIComponent).join('/');
    await this.#call('DELETE', `${this.#path}/faults/${escaped}`);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', `${this.#path}/faults`);
  }

  async powerOn(): Promise<void> {
    await this.#power({ power: 'on' });
  }

  async powerOff(): Promise<void> {
    await this.#power({ power: 'off' });
  }

  /** Away for `awayMs` (default: the profile's), then back with its data. */
  async reboot(awayMs?: number): Promise<void> {
    await this.#power({ power: 'reboot', awayMs });
  }

  async changePassword(password: string): Promise<void> {
    await this.#call('POST', `${this.#path}/password`, { body: { password } });
  }

  /** Somebody types at the terminal. */
  async editAtTerminal(change: PersonEdit): Promise<void> {
    await this.#call('POST', `${this.#path}/edit-at-terminal`, { body: change });
  }

  /** Somebody stands before the terminal; null: a stranger. */
  async showFace(employeeNo: string | null): Promise<void> {
    await this.#call('POST', `${this.#path}/show-face`, { body: { employeeNo } });
  }

  async showCard(cardNo: string): Promise<void> {
    await this.#call('POST', `${this.#path}/show-card`, { body: { cardNo } });
  }

  async setClockOffset(offsetMs: number): Promise<void> {
    await this.#call('POST', `${this.#path}/clock`, { body: { offsetMs } });
  }

  /** Persons, faces, cards, events, faults and journal are gone; identity and credentials stay. */
  async reset(): Promise<void> {
    await this.#call('POST', `${this.#path}/reset`);
  }

  /** All it remembers, for `restore`. Holds its passwords. */
  snapshot(): Promise<Record<string, unknown>> {
    return this.#call('GET', `${this.#path}/snapshot`);
  }

  async restore(snapshot: Record<string, unknown>): Promise<void> {
    await this.#call('PUT', `${this.#path}/snapshot`, { body: snapshot });
  }

  async #power(body: { power: 'on' | 'off' | 'reboot'; awayMs?: number | undefined }): Promise<void> {
    await this.#call('POST', `${this.#path}/power`, { body });
  }
}
