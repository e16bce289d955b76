import sharp from 'sharp';

export interface PictureOptions {
  sidePx?: number;
  progressive?: boolean;
  chroma444?: boolean;
  /** Pictures of different people. */
  hue?: number;
  /** Text of a comment segment, such as `simulator:no-face`. */
  comment?: string;
  /** EXIF orientation, 1 to 8. */
  orientation?: number;
  /** A single colour: nobody is on it. */
  empty?: boolean;
}

/** A drawn face as JPEG: an oval with eyes and mouth on a background. */
export async function drawPicture(options: PictureOptions = {}): Promise<Buffer> {
  const { sidePx = 480, hue = 200 } = options;
  const head =
    '<ellipse cx="50" cy="52" rx="28" ry="36" fill="#e8b48c"/><circle cx="40" cy="45" r="4"/>' +
    '<circle cx="60" cy="45" r="4"/><path d="M38 68 q12 10 24 0" stroke="#802020" stroke-width="3" fill="none"/>';
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sidePx}" height="${sidePx}" viewBox="0 0 100 100">` +
    `<rect width="100" height="100" fill="hsl(${hue},40%,40%)"/>${options.empty ? '' : head}</svg>`;
  const image = sharp(Buffer.from(svg)).jpeg({
    quality: 85,
    progressive: options.progressive ?? false,
    chromaSubsampling: options.chroma444 ? '4:4:4' : '4:2:0',
  });
  const jpeg = await (
    options.orientation === undefined ? image : image.withMetadata({ orientation: options.orientation })
  ).toBuffer();
  return options.comment === undefined ? jpeg : withComment(jpeg, options.comment);
}

/** The JPEG with a comment segment behind its start marker. */
export function withComment(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
}

/** A BMP of 24 bits a pixel: a red stripe across the top, white below. `topDown`: its rows stand from the top. */
export function drawBmp(widthPx: number, heightPx: number, options: { topDown?: boolean } = {}): Buffer {
  const rowBytes = Math.ceil((widthPx * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + rowBytes * heightPx, 0xff);
  bytes.fill(0, 0, 54);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(widthPx, 18);
  bytes.writeInt32LE(options.topDown ? -heightPx : heightPx, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < heightPx / 2; y += 1) {
    const row = 54 + rowBytes * (options.topDown ? y : heightPx - 1 - y);
    for (let x = 0; x < widthPx; x += 1) bytes.set([0, 0, 0xff], row + x * 3);
  }
  return bytes;
}
