import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { App } from '@supabase/lite';
import { systemCodeOf } from '../stack-error.ts';
import { objectPath } from './object-path.ts';

type StorageAdapter = NonNullable<App['_storageAdapter']>;
type ObjectMetadata = Awaited<ReturnType<StorageAdapter['headObject']>>;
type Body = Parameters<StorageAdapter['uploadObject']>[3];

interface Description {
  mimetype: string;
  cacheControl: string;
  eTag: string;
}

/** Objects as plain files: `files/<bucket>/<key>`, and beside them what HTTP needs to know: `about/<bucket>/<key>`. */
export class FileStorage implements StorageAdapter {
  readonly driver = null;
  readonly #files: string;
  readonly #about: string;

  constructor(root: string) {
    this.#files = join(root, 'files');
    this.#about = join(root, 'about');
  }

  async uploadObject(
    bucket: string,
    key: string,
    _version: string | undefined,
    body: Body,
    mimetype: string,
    cacheControl: string,
  ): Promise<ObjectMetadata> {
    const bytes = await bytesOf(body);
    const eTag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const about: Description = { mimetype, cacheControl, eTag };
    await writeWhole(objectPath(this.#about, bucket, key), JSON.stringify(about));
    await writeWhole(objectPath(this.#files, bucket, key), bytes);
    return this.headObject(bucket, key);
  }

  async getObject(bucket: string, key: string): ReturnType<StorageAdapter['getObject']> {
    const metadata = await this.headObject(bucket, key);
    return { metadata, httpStatusCode: 200, body: await readFile(objectPath(this.#files, bucket, key)) };
  }

  async headObject(bucket: string, key: string): Promise<ObjectMetadata> {
    const { size, mtime } = await stat(objectPath(this.#files, bucket, key));
    const about = await this.#describe(bucket, key);
    return { ...about, size, contentLength: size, lastModified: mtime, httpStatusCode: 200 };
  }

  async deleteObject(bucket: string, key: string): Promise<void> {
    await rm(objectPath(this.#files, bucket, key), { force: true });
    await rm(objectPath(this.#about, bucket, key), { force: true });
  }

  async deleteObjects(bucket: string, keys: string[]): Promise<void> {
    for (const key of keys) await this.deleteObject(bucket, key);
  }

  async copyObject(
    bucket: string,
    key: string,
    _version: string | undefined,
    toBucket: string,
    toKey: string,
  ): Promise<Pick<ObjectMetadata, 'httpStatusCode' | 'eTag' | 'lastModified'>> {
    for (const root of [this.#about, this.#files]) {
      const target = objectPath(root, toBucket, toKey);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(objectPath(root, bucket, key), target);
    }
    const { eTag, lastModified } = await this.headObject(toBucket, toKey);
    return { httpStatusCode: 200, eTag, ...(lastModified === undefined ? {} : { lastModified }) };
  }

  privateAssetUrl(bucket: string, key: string): Promise<string> {
    return Promise.resolve(`file://${objectPath(this.#files, bucket, key)}`);
  }

  async #describe(bucket: string, key: string): Promise<Description> {
    try {
      const text = await readFile(objectPath(this.#about, bucket, key), 'utf8');
      return JSON.parse(text) as Description;
    } catch (error) {
      // A file somebody put there by hand is served all the same.
      if (systemCodeOf(error) !== 'ENOENT') throw error;
      return { mimetype: 'application/octet-stream', cacheControl: 'no-cache', eTag: '""' };
    }
  }
}

/** Readers see the old file or the new one, never half of one. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${dirname(path)}.${randomUUID()}`;
  await writeFile(draft, content);
  await rename(draft, path);
}

async function bytesOf(body: Body): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  return buffer(body as AsyncIterable<Uint8Array>);
}
