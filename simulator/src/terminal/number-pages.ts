const PAGE_BITS = 6;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SIZE - 1;
/** Empty pages that are kept, at least; beyond that as many as two for each value. */
const MIN_KEPT_PAGES = 64;

/**
 * Values by small numbers, in pages of numbers that follow each other, as those of a company's employees do. Among
 * 50,000 a value is two steps away; in the engine's Map the chain of a bucket is walked, and each id in it is another
 * miss of the processor's cache.
 */
export class NumberPages<Value extends object> {
  #pages = new Map<number, (Value | null)[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(number: number): Value | undefined {
    return this.#pages.get(number >> PAGE_BITS)?.[number & PAGE_MASK] ?? undefined;
  }

  set(number: number, value: Value): void {
    let page = this.#pages.get(number >> PAGE_BITS);
    if (page === undefined) {
      page = new Array<Value | null>(PAGE_SIZE).fill(null);
      this.#pages.set(number >> PAGE_BITS, page);
    }
    if (page[number & PAGE_MASK] === null) this.#size += 1;
    page[number & PAGE_MASK] = value;
  }

  /** False when there was none. */
  delete(number: number): boolean {
    const page = this.#pages.get(number >> PAGE_BITS);
    if (page === undefined || page[number & PAGE_MASK] === null) return false;
    page[number & PAGE_MASK] = null;
    this.#size -= 1;
    if (this.#pages.size > MIN_KEPT_PAGES + 2 * this.#size) this.#dropEmptyPages();
    return true;
  }

  clear(): void {
    this.#pages = new Map();
    this.#size = 0;
  }

  #dropEmptyPages(): void {
    const used = [...this.#pages].filter(([, page]) => page.some((value) => value !== null));
    this.#pages = new Map(used);
  }
}
