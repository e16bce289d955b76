import { EventEmitter, once } from 'node:events';

const MAX_LINES_KEPT = 20_000;

export type LogEntry = Record<string, unknown>;

/** What a program printed: the last lines (bounded), and those that are JSON as entries that can be waited for. */
export class JsonLines {
  readonly #lines: { line: string; entry: LogEntry | null }[] = [];
  readonly #news = new EventEmitter<{ line: [] }>();

  constructor() {
    this.#news.setMaxListeners(0);
  }

  push(line: string): void {
    this.#lines.push({ line, entry: parsed(line) });
    if (this.#lines.length > MAX_LINES_KEPT) this.#lines.shift();
    this.#news.emit('line');
  }

  entries(): LogEntry[] {
    return this.#lines.map(({ entry }) => entry).filter((entry) => entry !== null);
  }

  text(): string {
    return this.#lines.map(({ line }) => line).join('\n');
  }

  /** The last lines, for an error's message. */
  tail(): string {
    return this.#lines
      .slice(-20)
      .map(({ line }) => line)
      .join('\n');
  }

  /** The first entry that fits, past the first `after`; rejects when `ended` comes first. */
  async waitFor(
    fits: (entry: LogEntry) => boolean,
    after: number,
    ended: Promise<unknown>,
  ): Promise<LogEntry> {
    for (;;) {
      const found = this.entries().slice(after).find(fits);
      if (found) return found;
      const stop = new AbortController();
      const more = await Promise.race([
        once(this.#news, 'line', { signal: stop.signal }).then(() => true),
        ended.then(() => false),
      ]);
      stop.abort();
      if (more) continue;
      // What it said last may have come together with its end.
      const last = this.entries().slice(after).find(fits);
      if (last) return last;
      throw new Error(`The daemon ended without such a line:\n${this.tail()}`);
    }
  }
}

function parsed(line: string): LogEntry | null {
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return null;
  }
}
