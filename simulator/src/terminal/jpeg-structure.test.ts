import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawPicture, withComment } from '../isapi/testing/pictures.ts';
import { readJpegStructure } from './jpeg-structure.ts';

let plain: Buffer;
beforeAll(async () => {
  plain = await drawPicture();
});

describe('readJpegStructure', () => {
  it('reads a plain picture', () => {
    expect(readJpegStructure(plain)).toEqual({
      progressive: false,
      chroma444: false,
      trailingBytes: 0,
      comments: [],
    });
  });

  it('tells progressive and 4:4:4', async () => {
    const jpeg = await drawPicture({ progressive: true, chroma444: true });
    expect(readJpegStructure(jpeg)).toMatchObject({ progressive: true, chroma444: true });
  });

  it('counts what follows the end, and reads comments', () => {
    const longer = Buffer.concat([withComment(plain, 'hello'), Buffer.from('more')]);
    expect(readJpegStructure(longer)).toMatchObject({ trailingBytes: 4, comments: ['hello'] });
  });

  it('is null for a picture cut off anywhere', () => {
    fc.assert(
      fc.property(fc.nat({ max: plain.length - 1 }), (length) => {
        expect(readJpegStructure(plain.subarray(0, length))).toBeNull();
      }),
    );
  });

  it('never throws on rubbish that begins like a picture', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => readJpegStructure(Buffer.from([0xff, 0xd8, 0xff, ...bytes]))).not.toThrow();
      }),
    );
  });
});
