import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawFace } from './draw-face.ts';

describe('drawFace', () => {
  test('is a photo every terminal takes: baseline 4:2:0 JPEG under 150 KB', async () => {
    const photo = await drawFace(7);
    const { format, width, height, isProgressive, chromaSubsampling } = await sharp(photo).metadata();
    expect({ format, width, height, isProgressive, chromaSubsampling }).toEqual({
      format: 'jpeg',
      width: 480,
      height: 640,
      isProgressive: false,
      chromaSubsampling: '4:2:0',
    });
    expect(photo.length).toBeLessThan(150 * 1024);
  });
  test('the same seed gives the same bytes, another seed another face', async () => {
    expect(await drawFace(3)).toEqual(await drawFace(3));
    expect(await drawFace(3)).not.toEqual(await drawFace(4));
  });
  test('can be made as terminals refuse it', async () => {
    const metadata = await sharp(
      await drawFace(1, { progressive: true, chroma: '4:4:4', width: 60 }),
    ).metadata();
    expect(metadata).toMatchObject({ isProgressive: true, chromaSubsampling: '4:4:4', width: 60 });
  });
});
