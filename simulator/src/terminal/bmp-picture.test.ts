import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBmp } from '../isapi/testing/pictures.ts';
import { readBmp } from './bmp-picture.ts';

const MAX_PIXELS = 1_000_000;

describe('readBmp', () => {
  it.each([false, true])('reads rows of any width the right way up (from the top: %s)', (topDown) => {
    for (const widthPx of [1, 2, 3, 4, 5]) {
      const picture = readBmp(drawBmp(widthPx, 2, { topDown }), MAX_PIXELS);
      const red = [0xff, 0, 0];
      const white = [0xff, 0xff, 0xff];
      const row = (pixel: number[]) => Array.from({ length: widthPx }, () => pixel).flat();
      expect([...(picture?.rgb ?? [])]).toEqual([...row(red), ...row(white)]);
    }
  });

  it('is null for what is larger than allowed, compressed, or of another depth', () => {
    const bmp = drawBmp(10, 10);
    expect(readBmp(bmp, 99)).toBeNull();
    expect(readBmp(bmp, 100)).not.toBeNull();
    const compressed = Buffer.from(bmp);
    compressed.writeUInt32LE(1, 30);
    expect(readBmp(compressed, MAX_PIXELS)).toBeNull();
    const palette = Buffer.from(bmp);
    palette.writeUInt16LE(8, 28);
    expect(readBmp(palette, MAX_PIXELS)).toBeNull();
  });

  it('is null for one that is cut off anywhere, and never throws', () => {
    const bmp = drawBmp(7, 5);
    for (let length = 0; length < bmp.length; length += 1)
      expect(readBmp(bmp.subarray(0, length), MAX_PIXELS)).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        expect(() => readBmp(Buffer.from([0x42, 0x4d, ...bytes]), MAX_PIXELS)).not.toThrow();
      }),
    );
  });
});
