import type { Clock } from '../clock.ts';
import { fitsFilter } from './filter.ts';
import { maskSecrets } from './body-text.ts';
import { Ring } from './ring.ts';

/** One exchange of a terminal, secrets removed: no Authorization, no passwords, no picture bytes. */
export interface JournalEntry {
  /** Grows by one per exchange of the device, in the order in which they end. 0 while under way. */
  sequence: number;
  deviceId: string;
  startedAtMs: number;
  /** Null while under way. */
  endedAtMs: number | null;
  remoteAddress: string;
  method: string;
  /** Path with query as it came. */
  target: string;
  /** Name of the endpoint that answered; null when none fits. */
  endpoint: string | null;
  /** For a request no endpoint answers: the nearest one, to help whoever reads this. */
  nearest: string | null;
  /** How the credentials did: `none`, `ok`, `wrong-response`, `expired`, `locked`, … */
  auth: string;
  userName: string | null;
  employeeNo: string | null;
  /** Request body as text, shortened to 2 KB; a picture appears as its size. */
  requestBody: string | null;
  status: number | null;
  subStatusCode: string | null;
  responseBody: string | null;
  /** What the answer does not tell, for whoever reads this: why a picture could not be fetched. */
  note: string | null;
  /** What left the device: an answer, or what a fault made of it. */
  outcome: 'answered' | 'silence' | 'reset' | 'refused' | 'truncated' | 'stream' | 'client-gone' | null;
  /** The terminal carried the request out, whether or not the client heard of it. */
  done: boolean;
  /** Ids of the faults that took part. */
  faults: string[];
}

export interface JournalFilter {
  method?: string;
  /** Null: requests that no endpoint answers. */
  endpoint?: string | null;
  /** Target begins with this. */
  path?: string;
  employeeNo?: string;
  status?: number;
  auth?: string;
  outcome?: JournalEntry['outcome'];
  /** Entries with a greater sequence. */
  after?: number;
  limit?: number;
}

/** Entries kept per device. */
const DEFAULT_JOURNAL_ENTRIES = 1000;
/** Characters of targets and bodies kept per device; with 1,000 busy devices the journals stay within some 256 MB. */
const DEFAULT_JOURNAL_CHARS = 256 * 1024;
/** A longer request target is kept shortened. */
const MAX_TARGET_CHARS = 1024;
/** Waiters at one time: more is a loop that forgot to stop. */
const MAX_WAITERS = 1000;

export interface JournalOptions {
  deviceId: string;
  clock: Clock;
  maxEntries?: number;
  maxChars?: number;
}

/** Shared by all entries without faults; whoever gets an entry to keep gets a list of its own. */
const NO_FAULTS = Object.freeze<string[]>([]) as string[];

interface Waiter {
  filter: JournalFilter;
  resolve(entry: JournalEntry): void;
}

function copyOf(entry: JournalEntry): JournalEntry {
  return { ...entry, faults: [...entry.faults] };
}

function weigh(entry: JournalEntry): number {
  // What an entry takes besides its texts.
  const fixed = 200;
  return fixed + entry.target.length + (entry.requestBody?.length ?? 0) + (entry.responseBody?.length ?? 0);
}

/**
 * The exchanges of one device, the newest so many of them. An entry is begun when a request arrives, filled in by the
 * pipeline, and finished once; only finished ones are kept, listed, waited for and told to listeners.
 */
export class Journal {
  readonly #deviceId: string;
  readonly #clock: Clock;
  readonly #entries: Ring<JournalEntry>;
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  readonly #waiters = new Set<Waiter>();
  #sequence = 0;

  constructor(options: JournalOptions) {
    this.#deviceId = options.deviceId;
    this.#clock = options.clock;
    this.#entries = new Ring({
      maxItems: options.maxEntries ?? DEFAULT_JOURNAL_ENTRIES,
      maxWeight: options.maxChars ?? DEFAULT_JOURNAL_CHARS,
      weigh,
    });
  }

  /** A new entry, under way. Fill it in, then `finish` it. Bodies go in as `bodyText` makes them. */
  begin(request: { remoteAddress: string; method: string; target: string }): JournalEntry {
    return {
      sequence: 0,
      deviceId: this.#deviceId,
      startedAtMs: this.#clock.now(),
      endedAtMs: null,
      remoteAddress: request.remoteAddress,
      method: request.method,
      target: maskSecrets(request.target.slice(0, MAX_TARGET_CHARS)),
      endpoint: null,
      nearest: null,
      auth: 'none',
      userName: null,
      employeeNo: null,
      requestBody: null,
      status: null,
      subStatusCode: null,
      responseBody: null,
      note: null,
      outcome: null,
      done: false,
      faults: NO_FAULTS,
    };
  }

  /** The exchange is over, or its answer will never come: keeps the entry and tells whoever waits. */
  finish(entry: JournalEntry): void {
    this.#sequence += 1;
    entry.sequence = this.#sequence;
    entry.endedAtMs = this.#clock.now();
    this.#entries.add(entry);
    for (const listener of this.#listeners) listener(entry);
    for (const waiter of this.#waiters) if (fitsFilter(entry, waiter.filter)) waiter.resolve(entry);
  }

  /**
   * Kept entries that fit, oldest first. With `limit`: the newest so many, or with `after` the first so many after it,
   * so that a reader can page on.
   */
  list(filter: JournalFilter = {}): JournalEntry[] {
    const limit = filter.limit ?? Infinity;
    const forwards = filter.after !== undefined;
    const found: JournalEntry[] = [];
    for (const entry of forwards ? this.#entries : this.#entries.backwards()) {
      if (found.length >= limit) break;
      if (fitsFilter(entry, filter)) found.push(copyOf(entry));
    }
    return forwards ? found : found.reverse();
  }

  /**
   * The next entry that fits, once it is finished; with `includePast` the first kept one when there is one.
   * Rejects with the signal's reason when it aborts.
   */
  waitFor(
    filter: JournalFilter,
    options: { includePast?: boolean; signal?: AbortSignal } = {},
  ): Promise<JournalEntry> {
    if (options.includePast)
      for (const entry of this.#entries) if (fitsFilter(entry, filter)) return Promise.resolve(copyOf(entry));
    if (this.#waiters.size >= MAX_WAITERS)
      return Promise.reject(
        new Error(
          `${MAX_WAITERS} calls wait for a request of ${this.#deviceId} already: abort those you no longer need.`,
        ),
      );
    const { signal } = options;
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#waiters.delete(waiter);
        signal?.removeEventListener('abort', aborted);
      };
      const aborted = () => {
        stop();
        reject(
          signal?.reason instanceof Error ? signal.reason : new Error('Waiting for a request was aborted.'),
        );
      };
      const waiter: Waiter = {
        filter,
        resolve: (entry) => {
          stop();
          resolve(copyOf(entry));
        },
      };
      if (signal?.aborted) {
        aborted();
        return;
      }
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  /** Tells every finished entry. Returns the way to stop. */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets the kept entries; the sequence goes on. */
  clear(): void {
    this.#entries.clear();
  }

  get length(): number {
    return this.#entries.length;
  }
}
