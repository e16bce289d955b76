import sharp from 'sharp';
import { faceSvg } from './face-svg.ts';

/** Deviations from a good photo, for tests of what terminals refuse. */
export interface FacePhotoOptions {
  width?: number;
  quality?: number;
  progressive?: boolean;
  chroma?: '4:2:0' | '4:4:4';
}

/** A real JPEG of a drawn face (about 20 KB, baseline, 4:2:0): the same seed gives the same bytes. */
export async function drawFace(seed: number, options: FacePhotoOptions = {}): Promise<Buffer> {
  const { width = 480, quality = 85, progressive = false, chroma = '4:2:0' } = options;
  return sharp(Buffer.from(faceSvg(seed)))
    .resize({ width })
    .jpeg({ quality, progressive, chromaSubsampling: chroma })
    .toBuffer();
}
