/** Places of removed ids that are kept, at least; beyond that a quarter of the live ones. */
const MIN_KEPT_PLACES = 64;

/**
 * A Map for ids that come and go. The engine's own Map leaves a hole in its bucket for every deleted entry until it
 * grows anew, and walks over all of them: adding and deleting the same person on a terminal with 50,000 becomes a
 * hundred times slower. Here the place of a removed id stays and is used again, and all of them are dropped at once
 * when there are too many.
 */
export class IdMap<Value extends object> {
  #places = new Map<string, Value | null>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: string): Value | undefined {
    return this.#places.get(id) ?? undefined;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: string, value: Value): void {
    if (!this.has(id)) this.#size += 1;
    this.#places.set(id, value);
  }

  delete(id: string): boolean {
    if (!this.has(id)) return false;
    this.#places.set(id, null);
    this.#size -= 1;
    if (this.#places.size - this.#size > Math.max(MIN_KEPT_PLACES, this.#size / 4)) this.#dropPlaces();
    return true;
  }

  clear(): void {
    this.#places = new Map();
    this.#size = 0;
  }

  #dropPlaces(): void {
    const live = new Map<string, Value | null>();
    for (const [id, value] of this.#places) if (value !== null) live.set(id, value);
    this.#places = live;
  }
}
