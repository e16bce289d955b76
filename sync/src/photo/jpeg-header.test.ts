import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Picture, readPicture } from './jpeg-header.ts';
import { drawnAs, drawnPhoto } from './testing/drawn-photo.ts';

let plain: Buffer;
beforeAll(async () => {
  plain = await drawnPhoto();
});

describe('read from files that an encoder made', () => {
  test('what terminals like', () => {
    expect(readPicture(plain)).toEqual({
      kind: 'jpeg',
      widthPx: 600,
      heightPx: 800,
      process: 'baseline',
      subsampling: '4:2:0',
      orientation: 1,
      hasMetadata: false,
      trailingBytes: 0,
    });
  });

  test.each<[string, Parameters<typeof drawnPhoto>[0], Partial<Extract<Picture, { kind: 'jpeg' }>>]>([
    ['progressive', { jpeg: { progressive: true } }, { process: 'progressive' }],
    ['4:4:4', { jpeg: { chromaSubsampling: '4:4:4' } }, { subsampling: '4:4:4' }],
    ['turned by EXIF', { orientation: 6 }, { orientation: 6, hasMetadata: true }],
    ['mirrored by EXIF', { orientation: 2 }, { orientation: 2 }],
    ['small', { widthPx: 90, heightPx: 120 }, { widthPx: 90, heightPx: 120 }],
  ])('%s', async (_, options, expected) => {
    expect(readPicture(await drawnPhoto(options))).toMatchObject({ kind: 'jpeg', ...expected });
  });

  test('grey', async () => {
    const grey = await sharp(plain).greyscale().toColourspace('b-w').jpeg().toBuffer();
    expect(readPicture(grey)).toMatchObject({ subsampling: 'grey' });
  });

  test('bytes behind the end are counted', () => {
    expect(readPicture(Buffer.concat([plain, Buffer.from('more')]))).toMatchObject({ trailingBytes: 4 });
  });
});

describe('no JPEG', () => {
  test.each(['png', 'webp', 'gif'] as const)('%s', async (format) => {
    const read = readPicture(await drawnAs(format));
    expect(read).toMatchObject({ kind: 'other', format: expect.stringMatching(new RegExp(format, 'i')) });
  });

  test.each([
    ['<!DOCTYPE html>', 'web page'],
    ['', 'empty file'],
    ['\0\0\0\x18ftypheic', 'HEIC'],
    ['BM......', 'BMP'],
    ['hello', null],
  ])('%j', (text, format) => {
    expect(readPicture(Buffer.from(text, 'latin1'))).toEqual({ kind: 'other', format });
  });
});

test('cut anywhere it is broken, never an error', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: plain.length - 1 }), (length) => {
      expect(readPicture(plain.subarray(0, length)).kind).toBe('broken-jpeg');
    }),
  );
});

test('with bytes changed it is read without an error', async () => {
  const turned = await drawnPhoto({ orientation: 6, widthPx: 100, heightPx: 100 });
  const changes = fc.array(fc.tuple(fc.nat(turned.length - 1), fc.nat(255)), { maxLength: 20 });
  fc.assert(
    fc.property(changes, (list) => {
      const bytes = Buffer.from(turned);
      for (const [at, value] of list) bytes[at] = value;
      expect(readPicture(bytes)).toHaveProperty('kind');
    }),
    { numRuns: 1_000 },
  );
});
