import sharp, { type JpegOptions, type Sharp } from 'sharp';

export interface DrawnPhotoOptions {
  widthPx?: number;
  heightPx?: number;
  /** 0: one colour, small file; 60: noise, a file as large as they get. */
  noise?: number;
  channels?: 3 | 4;
  jpeg?: JpegOptions;
  /** EXIF orientation to write. */
  orientation?: number;
}

/** The upper half is this colour, so that a test sees which way up a picture is. */
export const SKY = { r: 20, g: 60, b: 220 };
const GROUND = { r: 210, g: 60, b: 30 };

/** A picture of the wanted kind, made on the spot. By default what terminals like best. */
export async function drawnPhoto(options: DrawnPhotoOptions = {}): Promise<Buffer> {
  const image = drawn(options).jpeg({ quality: 80, chromaSubsampling: '4:2:0', ...options.jpeg });
  return await (
    options.orientation ? image.withMetadata({ orientation: options.orientation }) : image
  ).toBuffer();
}

/** The same picture in another format. */
export async function drawnAs(
  format: 'png' | 'webp' | 'gif',
  options: DrawnPhotoOptions = {},
): Promise<Buffer> {
  return await drawn(options).toFormat(format).toBuffer();
}

function drawn({ widthPx = 600, heightPx = 800, noise = 0, channels = 3 }: DrawnPhotoOptions): Sharp {
  const half = Math.floor(heightPx / 2);
  const sky = { create: { width: widthPx, height: half, channels: 3 as const, background: SKY } };
  const dust = {
    create: {
      ...{ width: widthPx, height: heightPx, channels: 3 as const, background: GROUND },
      noise: { type: 'gaussian' as const, mean: 128, sigma: noise },
    },
  };
  const background = { ...GROUND, alpha: 0.5 };
  const ground = sharp({ create: { width: widthPx, height: heightPx, channels, background } });
  return ground.composite([
    { input: sky, top: 0, left: 0 },
    ...(noise > 0 ? [{ input: dust, top: 0, left: 0 }] : []),
  ]);
}
