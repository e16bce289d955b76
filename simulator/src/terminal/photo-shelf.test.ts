import { describe, expect, it } from 'vitest';
import { drawPicture } from '../isapi/testing/pictures.ts';
import { PhotoShelf } from './photo-shelf.ts';

describe('PhotoShelf', () => {
  it('decodes the same picture once', async () => {
    const shelf = new PhotoShelf();
    const bytes = await drawPicture();
    const first = await shelf.examine(bytes);
    const second = await shelf.examine(Buffer.from(bytes));
    expect(second.sha256).toBe(first.sha256);
    expect(second.examination).toBe(first.examination);
  });

  it('keeps bytes up to its limit, the newest', () => {
    const shelf = new PhotoShelf({ maxKeptBytes: 25 });
    for (const name of ['a', 'b', 'c']) shelf.keep(name, Buffer.alloc(10));
    shelf.keep('too big', Buffer.alloc(26));
    shelf.keep('c', Buffer.alloc(10));
    expect(['a', 'b', 'c', 'too big'].map((name) => shelf.bytes(name)?.length)).toEqual([
      undefined,
      10,
      10,
      undefined,
    ]);
  });

  it('keeps none when told so', () => {
    const shelf = new PhotoShelf({ maxKeptBytes: 0 });
    shelf.keep('a', Buffer.alloc(1));
    expect(shelf.bytes('a')).toBeUndefined();
  });
});
