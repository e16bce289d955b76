import { NumberPages } from './number-pages.ts';
import { plainNumber } from './plain-number.ts';

/** Places of removed ids that are kept, at least; beyond that a quarter of the live ones. */
const MIN_KEPT_PLACES = 64;

/**
 * A Map for ids that come and go, most of them plain numbers: those are looked for by their number. For the others: the
 * engine's own Map leaves a hole in its bucket for every deleted entry until it grows anew, and walks over all of them:
 * adding and deleting the same person on a terminal with 50,000 becomes a hundred times slower. Here the place of a
 * removed id stays and is used again, and all of them are dropped at once when there are too many.
 */
export class IdMap<Value extends object> {
  readonly #byNumber = new NumberPages<Value>();
  #places = new Map<string, Value | null>();
  /** Of the places those that are taken. */
  #taken = 0;

  get size(): number {
    return this.#byNumber.size + this.#taken;
  }

  get(id: string): Value | undefined {
    const number = plainNumber(id);
    return number === -1 ? (this.#places.get(id) ?? undefined) : this.#byNumber.get(number);
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: string, value: Value): void {
    const number = plainNumber(id);
    if (number !== -1) {
      this.#byNumber.set(number, value);
      return;
    }
    if (!this.has(id)) this.#taken += 1;
    this.#places.set(id, value);
  }

  delete(id: string): boolean {
    const number = plainNumber(id);
    if (number !== -1) return this.#byNumber.delete(number);
    if (!this.has(id)) return false;
    this.#places.set(id, null);
    this.#taken -= 1;
    if (this.#places.size - this.#taken > Math.max(MIN_KEPT_PLACES, this.#taken / 4)) this.#dropPlaces();
    return true;
  }

  clear(): void {
    this.#byNumber.clear();
    this.#places = new Map();
    this.#taken = 0;
  }

  #dropPlaces(): void {
    const live = new Map<string, Value | null>();
    for (const [id, value] of this.#places) if (value !== null) live.set(id, value);
    this.#places = live;
  }
}
