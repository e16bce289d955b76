import { createHash } from 'node:crypto';
import { examinePhoto, type PhotoExamination } from './photo-examination.ts';

/** What decoding found is small: a fleet's people, and then some. */
const MAX_EXAMINATIONS = 2_000;

const DEFAULT_MAX_KEPT_BYTES = 32 * 1024 * 1024;

/**
 * What decoding a picture finds depends on its bytes alone, so it is known to the whole process: a fleet in virtual
 * time, which must not wait for a decoder, meets only pictures that another one has decoded before.
 */
const examinations = new Map<string, Promise<PhotoExamination>>();

/**
 * Pictures by their SHA-256: what decoding them found, and their bytes as long as there is room. Shared by the
 * terminals of a fleet, since the same picture goes to many of them; the oldest give way to new ones.
 */
export class PhotoShelf {
  readonly #maxKeptBytes: number;
  readonly #bytes = new Map<string, Buffer>();
  #keptBytes = 0;

  /** `maxKeptBytes` 0: no bytes are kept, and stored pictures cannot be fetched back from the terminals. */
  constructor(options: { maxKeptBytes?: number } = {}) {
    this.#maxKeptBytes = options.maxKeptBytes ?? DEFAULT_MAX_KEPT_BYTES;
  }

  /** Decodes a picture, or remembers having done so. */
  async examine(bytes: Buffer): Promise<{ sha256: string; examination: PhotoExamination }> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const known = examinations.get(sha256);
    const examination = known ?? examinePhoto(bytes);
    if (known) examinations.delete(sha256);
    examinations.set(sha256, examination);
    dropOldest(examinations, MAX_EXAMINATIONS);
    return { sha256, examination: await examination };
  }

  /** Keeps the bytes of a picture that a terminal has stored. */
  keep(sha256: string, bytes: Buffer): void {
    if (bytes.length > this.#maxKeptBytes || this.#bytes.has(sha256)) return;
    this.#bytes.set(sha256, bytes);
    this.#keptBytes += bytes.length;
    for (const [oldest, { length }] of this.#bytes) {
      if (this.#keptBytes <= this.#maxKeptBytes) break;
      this.#bytes.delete(oldest);
      this.#keptBytes -= length;
    }
  }

  /** The bytes of a stored picture; undefined when they were never kept or had to give way. */
  bytes(sha256: string): Buffer | undefined {
    return this.#bytes.get(sha256);
  }
}

function dropOldest(map: Map<string, unknown>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return;
    map.delete(key);
  }
}
