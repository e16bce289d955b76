/** Keeps the most recently used values, as many as fit into a number of bytes. */
export interface PhotoCache<Value> {
  get(key: string): Value | undefined;
  /** Replaces what is there; a value larger than the whole cache is not kept. */
  set(key: string, value: Value, sizeBytes: number): void;
  readonly sizeBytes: number;
}

/** Entries without a photo (failures) cost memory too. */
const ENTRY_BYTES = 512;

export function createPhotoCache<Value>(maxBytes: number): PhotoCache<Value> {
  /** In order of use, the longest unused first. */
  const entries = new Map<string, { value: Value; sizeBytes: number }>();
  let total = 0;
  const remove = (key: string): void => {
    total -= entries.get(key)?.sizeBytes ?? 0;
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, sizeBytes) {
      remove(key);
      const cost = sizeBytes + ENTRY_BYTES;
      if (cost > maxBytes) return;
      for (const oldest of entries.keys()) {
        if (total + cost <= maxBytes) break;
        remove(oldest);
      }
      entries.set(key, { value, sizeBytes: cost });
      total += cost;
    },
    get sizeBytes() {
      return total;
    },
  };
}
