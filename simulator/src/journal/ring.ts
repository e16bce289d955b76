/** A list of bounded length and weight: what is added last pushes out what was added first. Adding costs the same at any size. */
export class Ring<T> {
  readonly #maxItems: number;
  readonly #maxWeight: number;
  readonly #weigh: (item: T) => number;
  #items: (T | undefined)[] = [];
  #first = 0;
  #weight = 0;

  constructor(options: { maxItems: number; maxWeight: number; weigh: (item: T) => number }) {
    this.#maxItems = options.maxItems;
    this.#maxWeight = options.maxWeight;
    this.#weigh = options.weigh;
  }

  get length(): number {
    return this.#items.length - this.#first;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#weight += this.#weigh(item);
    while (this.length > 1 && (this.length > this.#maxItems || this.#weight > this.#maxWeight))
      this.#dropFirst();
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
    this.#weight = 0;
  }

  /** From the oldest to the newest. */
  *[Symbol.iterator](): IterableIterator<T> {
    for (let index = this.#first; index < this.#items.length; index += 1) yield this.#items[index] as T;
  }

  /** From the newest to the oldest. */
  *backwards(): IterableIterator<T> {
    for (let index = this.#items.length - 1; index >= this.#first; index -= 1) yield this.#items[index] as T;
  }

  #dropFirst(): void {
    this.#weight -= this.#weigh(this.#items[this.#first] as T);
    this.#items[this.#first] = undefined;
    this.#first += 1;
    // Moves the rest to the front once half of the array is empty: a constant cost per item on average.
    if (this.#first > 32 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
  }
}
