import { expect, test } from 'vitest';
import { inspectPhoto } from './inspect-photo.ts';
import { drawnAs, drawnPhoto } from './testing/drawn-photo.ts';

const codesOf = (bytes: Buffer) => inspectPhoto(bytes).map(({ code }) => code);

test('a good photo has no findings', async () => {
  expect(inspectPhoto(await drawnPhoto())).toEqual([]);
});

test.each<[string, Parameters<typeof drawnPhoto>[0], string]>([
  ['progressive', { jpeg: { progressive: true } }, 'photo_progressive'],
  ['4:4:4', { jpeg: { chromaSubsampling: '4:4:4' } }, 'photo_subsampling'],
  ['turned by EXIF', { orientation: 8 }, 'photo_rotated'],
  ['tiny', { widthPx: 120, heightPx: 160 }, 'photo_too_small'],
])('%s', async (_, options, code) => {
  expect(codesOf(await drawnPhoto(options))).toEqual([code]);
});

test('too large, said in kilobytes', async () => {
  const large = await drawnPhoto({ widthPx: 800, heightPx: 800, noise: 60, jpeg: { quality: 95 } });
  expect(inspectPhoto(large)).toEqual([
    {
      code: 'photo_too_large',
      message: `it is ${Math.ceil(large.length / 1024)} KB large, and terminals take at most 200 KB`,
    },
  ]);
});

test('everything that is wrong is said at once', async () => {
  const bad = await drawnPhoto({
    widthPx: 200,
    heightPx: 200,
    orientation: 3,
    jpeg: { progressive: true, chromaSubsampling: '4:4:4' },
  });
  expect(codesOf(Buffer.concat([bad, Buffer.from('x')]))).toEqual([
    'photo_too_small',
    'photo_progressive',
    'photo_subsampling',
    'photo_rotated',
    'photo_trailing_bytes',
  ]);
});

test('no JPEG, and a damaged one', async () => {
  expect(inspectPhoto(await drawnAs('png'))).toEqual([
    { code: 'photo_format', message: 'the file is a PNG, and terminals take JPEG' },
  ]);
  expect(inspectPhoto(Buffer.from('<html>'))[0]?.message).toContain('a web page');
  expect(inspectPhoto(Buffer.alloc(0))[0]?.message).toContain('an empty file');
  expect(inspectPhoto(Buffer.from('xyz'))[0]?.message).toContain('no picture');
  expect(codesOf((await drawnPhoto()).subarray(0, 2_000))).toEqual(['photo_broken']);
});

test('findings are phrases that can stand in a sentence', async () => {
  const bad = await drawnPhoto({ orientation: 3, widthPx: 99, heightPx: 99, jpeg: { progressive: true } });
  for (const { message } of inspectPhoto(bad)) expect(message).toMatch(/^[a-z].*[^.]$/);
});
