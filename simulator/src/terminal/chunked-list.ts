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
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const first = this.#chunks[middle]?.items[0];
      if (first !== undefined && (first === item || isBefore(first))) low = middle;
      else high = middle - 1;
    }
    const chunk = this.#chunks[low];
    const index = chunk ? chunk.items.indexOf(item) : -1;
    if (!chunk || index < 0) return false;
    chunk.items.splice(index, 1);
    if (chunk.items.length === 0) this.#chunks.splice(low, 1);
    this.#size -= 1;
    return true;
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
}
