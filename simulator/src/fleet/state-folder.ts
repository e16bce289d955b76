import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { FleetEvent } from '../fleet-types.ts';
import type { Certificate } from '../http/certificate.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { lockFolder } from './folder-lock.ts';

/** Changes that come closer together are written once. After a crash at most this much is missing. */
const WRITE_AFTER_MS = 250;
/** A bigger file was not written by a simulator. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** No device id begins with a dot. */
const CERTIFICATE_FILE = '.certificate.json';
const certificateSchema = z.strictObject({
  key: z.string().startsWith('-----BEGIN'),
  cert: z.string().startsWith('-----BEGIN'),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});

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
  readonly #failedLogins = new Set<string>();
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
    if (event.type === 'request' && !this.#mayChange(event.entry)) return;
    const id = event.type === 'request' ? event.entry.deviceId : event.deviceId;
    if (!this.#devices.has(id)) return;
    this.#dirty.add(id);
    this.#timer ??= setTimeout(() => {
      void this.flush();
    }, WRITE_AFTER_MS).unref();
  }

  /** Writes, logins that fail or follow a failed one, and faults that take part: all of them leave a trace in a device. */
  #mayChange({ deviceId, method, done, status, auth, faults }: JournalEntry): boolean {
    const failed = status === 401 && auth !== 'none';
    const forgiven = auth === 'ok' && this.#failedLogins.delete(deviceId);
    if (failed) this.#failedLogins.add(deviceId);
    return failed || forgiven || faults.length > 0 || (done && method !== 'GET');
  }

  /** The certificate of this folder: made once, so that whoever pinned it knows it after a restart. */
  async certificate(make: () => Promise<Certificate>): Promise<Certificate> {
    const file = path.join(this.#dir, CERTIFICATE_FILE);
    const text = await readIfThere(file);
    if (text === null) {
      const made = await make();
      await replaceFile(file, JSON.stringify(made));
      return made;
    }
    try {
      return certificateSchema.parse(JSON.parse(text));
    } catch (error) {
      throw new Error(
        `${file} is no certificate of a simulator: ${reasonOf(error)}. Delete it and another one is made.`,
        { cause: error },
      );
    }
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
