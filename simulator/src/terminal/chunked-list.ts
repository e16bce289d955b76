/** Items of a chunk; a removal shifts at most so many, and a position is found over count / so many chunks. */
const CHUNK_SIZE = 256;

interface Chunk<Item> {
  items: Item[];
}

/**
 * A list in order of arrival that finds a position and forgets an item without walking over everything before it:
 * a page of 50,000 persons costs what a page of 100 costs.
 */
export class ChunkedList<Item extends object> {
  #chunks: Chunk<Item>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: Item): void {
    const last = this.#chunks.at(-1);
    if (last && last.items.length < CHUNK_SIZE) last.items.push(item);
    else this.#chunks.push({ items: [item] });
    this.#size += 1;
  }

  /**
   * Removes the item that `isBefore` places: it says of another item whether that one arrived earlier.
   * False when the item is not in the list.
   */
  remove(item: Item, isBefore: (other: Item) => boolean): boolean {
    const at = this.#chunkWith((first) => first === item || isBefore(first));
    const chunk = this.#chunks[at];
    const index = chunk ? chunk.items.indexOf(item) : -1;
    if (!chunk || index < 0) return false;
    chunk.items.splice(index, 1);
    if (chunk.items.length === 0) this.#chunks.splice(at, 1);
    this.#size -= 1;
    return true;
  }

  /** The item for which `compare` gives 0; it is less for every item before that one, and more for every one after. */
  find(compare: (item: Item) => number): Item | undefined {
    const at = this.#chunkWith((first) => compare(first) <= 0);
    return this.#chunks[at]?.items.find((item) => compare(item) === 0);
  }

  /** At most `count` items from `position`, counted from 0. */
  page(position: number, count: number): Item[] {
    const page: Item[] = [];
    let before = position;
    for (const { items } of this.#chunks) {
      if (before >= items.length) {
        before -= items.length;
        continue;
      }
      for (let index = before; index < items.length && page.length < count; index += 1) {
        const item = items[index];
        if (item !== undefined) page.push(item);
      }
      if (page.length >= count) break;
      before = 0;
    }
    return page;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (const { items } of this.#chunks) yield* items;
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }

  /** The last chunk whose first item is not past the one that is looked for. */
  #chunkWith(isNotPast: (first: Item) => boolean): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const first = this.#chunks[middle]?.items[0];
      if (first !== undefined && isNotPast(first)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
