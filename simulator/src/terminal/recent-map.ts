/**
 * A Map that remembers at least the last `keeps` entries that were set, and at most twice as many. The older half is
 * let go at once: dropping the oldest entry one by one would leave holes in the engine's own Map, and the search for
 * the next oldest would walk over them.
 */
export class RecentMap<Value> {
  readonly #keeps: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(keeps: number) {
    this.#keeps = keeps;
  }

  get(key: string): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#keeps && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
