import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { inspectPhoto } from './inspect-photo.ts';
import { readPicture } from './jpeg-header.ts';
import { repairPhoto } from './repair-photo.ts';
import { drawnAs, drawnPhoto, SKY } from './testing/drawn-photo.ts';

async function repaired(bytes: Buffer): Promise<Buffer> {
  const result = await repairPhoto(bytes);
  if (!result.ok) throw new Error(result.message);
  return result.jpeg;
}

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="9" height="9"/></svg>';

/** A JPEG of a few bytes that says it is this large. */
function withSize(widthPx: number, heightPx: number): Buffer {
  const [height, width] = [Buffer.alloc(2), Buffer.alloc(2)];
  height.writeUInt16BE(heightPx);
  width.writeUInt16BE(widthPx);
  const frame = [
    'ffd8ffc0001108',
    height,
    width,
    '03012200021101031101',
    'ffda000c03010002000300003f00',
    '00ffd9',
  ];
  return Buffer.concat(frame.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));
}

const longestSide = (jpeg: Buffer): number => {
  const picture = readPicture(jpeg);
  return picture.kind === 'jpeg' ? Math.max(picture.widthPx, picture.heightPx) : 0;
};

test('a photo that is fit stays the same bytes', async () => {
  const photo = await drawnPhoto();
  expect(await repairPhoto(photo)).toEqual({ ok: true, jpeg: photo, changed: false });
});

describe('afterwards nothing speaks against it', () => {
  test.each<[string, () => Promise<Buffer>]>([
    ['progressive', () => drawnPhoto({ jpeg: { progressive: true } })],
    ['4:4:4', () => drawnPhoto({ jpeg: { chromaSubsampling: '4:4:4' } })],
    ['turned', () => drawnPhoto({ orientation: 6 })],
    ['small', () => drawnPhoto({ widthPx: 150, heightPx: 200 })],
    ['large', () => drawnPhoto({ widthPx: 1_500, heightPx: 1_000 })],
    [
      'large and full of detail',
      () => drawnPhoto({ widthPx: 1_000, heightPx: 1_000, noise: 60, jpeg: { quality: 98 } }),
    ],
    ['PNG with transparency', () => drawnAs('png', { channels: 4 })],
    ['WebP', () => drawnAs('webp')],
    ['with bytes behind it', async () => Buffer.concat([await drawnPhoto(), Buffer.from('tail')])],
    [
      'grey',
      async () =>
        await sharp(await drawnPhoto())
          .greyscale()
          .jpeg()
          .toBuffer(),
    ],
    [
      'CMYK',
      async () =>
        await sharp(await drawnPhoto())
          .toColourspace('cmyk')
          .jpeg()
          .toBuffer(),
    ],
  ])('%s', async (_, draw) => {
    const jpeg = await repaired(await draw());
    expect(inspectPhoto(jpeg)).toEqual([]);
    expect(readPicture(jpeg)).toMatchObject({
      process: 'baseline',
      subsampling: '4:2:0',
      hasMetadata: false,
    });
    expect(jpeg.length).toBeLessThanOrEqual(150 * 1024);
    expect(longestSide(jpeg)).toBeGreaterThanOrEqual(480);
    expect(longestSide(jpeg)).toBeLessThanOrEqual(800);
  });
});

test('a turned photo is upright afterwards', async () => {
  const upright = await drawnPhoto();
  // Stored lying on its side with the note "turn right to see it upright".
  const lying = await sharp(upright).rotate(270).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const { data, info } = await sharp(await repaired(lying))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([600, 800]);
  const top = data.subarray(0, 3);
  expect(Math.abs(top[2]! - SKY.b)).toBeLessThan(20);
});

test('place and camera do not travel to the terminal', async () => {
  const tagged = await sharp(await drawnPhoto())
    .withExif({ IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '44/1 25/1 0/1' } })
    .jpeg()
    .toBuffer();
  expect(tagged.includes('SecretPhone')).toBe(true);
  expect((await repaired(tagged)).includes('SecretPhone')).toBe(false);
});

test('the same photo always gives the same bytes', async () => {
  const photo = await drawnPhoto({ jpeg: { progressive: true } });
  expect(await repaired(photo)).toEqual(await repaired(photo));
});

describe('what cannot be repaired is said', () => {
  test('too few pixels for a face', async () => {
    expect(await repairPhoto(await drawnPhoto({ widthPx: 40, heightPx: 60 }))).toMatchObject({
      ok: false,
      code: 'photo_too_small',
      message: expect.stringContaining('40 × 60'),
    });
  });

  test.each<[string, () => Promise<Buffer>]>([
    ['cut short', async () => (await drawnPhoto({ noise: 30 })).subarray(0, 5_000)],
    ['a web page', () => Promise.resolve(Buffer.from('<html>not found</html>'))],
    ['nothing', () => Promise.resolve(Buffer.alloc(0))],
    ['noise', () => Promise.resolve(Buffer.alloc(5_000, 0x5a))],
    ['an SVG drawing', () => Promise.resolve(Buffer.from(DRAWING))],
    ['one behind an XML declaration', () => Promise.resolve(Buffer.from(`<?xml version="1.0"?>${DRAWING}`))],
    ['a bomb of pixels', () => Promise.resolve(withSize(60_000, 60_000))],
  ])('%s', async (_, make) => {
    expect(await repairPhoto(await make())).toMatchObject({ ok: false, code: 'photo_broken' });
  });
});
