import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FleetEvent } from '../fleet-types.ts';
import { lockFolder } from './folder-lock.ts';

/** Changes that come closer together are written once. After a crash at most this much is missing. */
const WRITE_AFTER_MS = 250;
/** A bigger file was not written by a simulator. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** A device as far as its memory goes. */
export interface Remembering {
  readonly id: string;
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/**
 * Keeps what each device remembers in one file per device, `<id>.json`, readable by its owner alone since it holds the
 * device's passwords. A file is replaced whole: after a crash it is the old or the new one, never half of it.
 */
export class StateFolder {
  readonly #dir: string;
  readonly #unlock: () => Promise<void>;
  readonly #onDefect: (error: unknown) => void;
  readonly #devices = new Map<string, Remembering>();
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  private constructor(dir: string, unlock: () => Promise<void>, onDefect: (error: unknown) => void) {
    this.#dir = dir;
    this.#unlock = unlock;
    this.#onDefect = onDefect;
  }

  /** @throws Error when the folder cannot be made, or another simulator uses it */
  static async open(dir: string, onDefect: (error: unknown) => void): Promise<StateFolder> {
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new Error(
        `The state folder "${dir}" cannot be made: ${reasonOf(error)}. Choose another folder.`,
        {
          cause: error,
        },
      );
    }
    return new StateFolder(dir, await lockFolder(dir), onDefect);
  }

  /** Gives the device what it remembered, if it was here before, and watches it from now on. */
  async attach(device: Remembering): Promise<void> {
    const file = this.#fileOf(device.id);
    const text = await readIfThere(file);
    if (text !== null) {
      try {
        device.restore(JSON.parse(text));
      } catch (error) {
        throw new Error(
          `${file} is no state of a simulated device: ${reasonOf(error)}. Delete it to start this device afresh.`,
          { cause: error },
        );
      }
    }
    this.#devices.set(device.id, device);
  }

  /** Hears what happens in the fleet and writes what may have changed, soon. */
  notice(event: FleetEvent): void {
    if (event.type === 'device' && event.what === 'removed') {
      this.#forget(event.deviceId);
      return;
    }
    if (event.type === 'push') return;
    if (event.type === 'request' && (!event.entry.done || event.entry.method === 'GET')) return;
    const id = event.type === 'request' ? event.entry.deviceId : event.deviceId;
    if (!this.#devices.has(id)) return;
    this.#dirty.add(id);
    this.#timer ??= setTimeout(() => {
      void this.flush();
    }, WRITE_AFTER_MS).unref();
  }

  /** Writes everything that changed; resolves when it is on disk. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#writeDirty());
    await this.#writing;
  }

  /** Writes every device a last time and lets the folder go. */
  async close(): Promise<void> {
    for (const id of this.#devices.keys()) this.#dirty.add(id);
    await this.flush();
    await this.#unlock();
  }

  async #writeDirty(): Promise<void> {
    for (const id of [...this.#dirty]) {
      this.#dirty.delete(id);
      const device = this.#devices.get(id);
      if (!device) continue;
      try {
        await replaceFile(this.#fileOf(id), JSON.stringify(device.snapshot()));
      } catch (error) {
        this.#onDefect(new Error(`The state of ${id} was not written: ${reasonOf(error)}`, { cause: error }));
      }
    }
  }

  #forget(id: string): void {
    this.#devices.delete(id);
    this.#dirty.delete(id);
    this.#writing = this.#writing
      .then(() => rm(this.#fileOf(id), { force: true }))
      .catch((error: unknown) => {
        this.#onDefect(error);
      });
  }

  #fileOf(id: string): string {
    return path.join(this.#dir, `${id}.json`);
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_FILE_BYTES) throw new Error(`${file} is larger than ${MAX_FILE_BYTES} bytes`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.new`;
  await writeFile(next, text, { mode: 0o600 });
  await rename(next, file);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
