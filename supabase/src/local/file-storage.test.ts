import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileStorage } from './file-storage.ts';

let root: string;
let storage: FileStorage;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pontaj-storage-test-'));
  storage = new FileStorage(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const upload = (key: string, text: string, mimetype = 'image/jpeg') =>
  storage.uploadObject('b', key, undefined, Buffer.from(text), mimetype, 'max-age=60');

test('an object is a real file, and comes back with its type', async () => {
  const uploaded = await upload('1000.jpg', 'photo');
  expect(uploaded).toMatchObject({ size: 5, mimetype: 'image/jpeg', cacheControl: 'max-age=60' });
  expect(await readFile(join(root, 'files', 'b', '1000.jpg'), 'utf8')).toBe('photo');
  const { body, metadata } = await storage.getObject('b', '1000.jpg');
  expect(body).toEqual(Buffer.from('photo'));
  expect(metadata).toMatchObject({ contentLength: 5, mimetype: 'image/jpeg', eTag: uploaded.eTag });
});

test('a new content has a new tag, and no draft is left behind', async () => {
  const first = await upload('a.jpg', 'one');
  const second = await upload('a.jpg', 'two!');
  expect(second.eTag).not.toBe(first.eTag);
  expect(await readdir(join(root, 'files'))).toEqual(['b']);
  expect(await readdir(join(root, 'files', 'b'))).toEqual(['a.jpg']);
});

test('a stream is taken too', async () => {
  const stream = new Blob(['streamed']).stream();
  await storage.uploadObject('b', 's.jpg', undefined, stream, 'image/jpeg', 'no-cache');
  expect((await storage.getObject('b', 's.jpg')).body).toEqual(Buffer.from('streamed'));
});

test('objects are copied and deleted, deleting twice is fine', async () => {
  await upload('a.jpg', 'one');
  await storage.copyObject('b', 'a.jpg', undefined, 'c', 'x/y.jpg');
  await storage.deleteObjects('b', ['a.jpg', 'a.jpg']);
  await expect(storage.headObject('b', 'a.jpg')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await storage.headObject('c', 'x/y.jpg')).toMatchObject({ size: 3, mimetype: 'image/jpeg' });
});

test('a file put there by hand is served', async () => {
  await upload('a.jpg', 'one');
  await writeFile(join(root, 'files', 'b', 'b.jpg'), 'by hand');
  expect((await storage.getObject('b', 'b.jpg')).metadata.mimetype).toBe('application/octet-stream');
});
