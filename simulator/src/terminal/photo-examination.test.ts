import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawBmp, drawPicture, withComment, type PictureOptions } from '../isapi/testing/pictures.ts';
import { builtInProfiles } from '../profiles/built-in.ts';
import { traitsOf } from '../profiles/profile.ts';
import { examinePhoto } from './photo-examination.ts';
import { failsShakily, judgePhoto, judgePhotoSize } from './photo-verdict.ts';

const traits = traitsOf(builtInProfiles.get('generic')!);

let plain: Buffer;
beforeAll(async () => {
  plain = await drawPicture();
});

const verdictOn = async (bytes: Buffer, model = traits) =>
  judgePhoto(await examinePhoto(bytes), model)?.subStatusCode ?? null;

describe('examinePhoto', () => {
  it('sees a face in a drawn one', async () => {
    expect(await examinePhoto(plain)).toMatchObject({
      format: 'jpeg',
      widthPx: 480,
      heightPx: 480,
      rotated: false,
      faces: 'one',
    });
  });

  it('sees no picture in rubbish and in half a picture', async () => {
    expect((await examinePhoto(Buffer.from('not a picture'))).format).toBeNull();
    expect((await examinePhoto(plain.subarray(0, plain.length / 2))).format).toBeNull();
  });

  it('reads its orders from an EXIF description too', async () => {
    const described = await sharp(plain)
      .withExif({ IFD0: { ImageDescription: 'simulator:two-faces' } })
      .toBuffer();
    expect((await examinePhoto(described)).faces).toBe('several');
  });
});

describe('judgePhoto', () => {
  const rows: [what: string, picture: PictureOptions, code: string | null][] = [
    ['a face', {}, null],
    ['nobody', { empty: true }, 'pictureFaceDetectZero'],
    ['nobody, by order', { comment: 'simulator:no-face' }, 'pictureFaceDetectZero'],
    ['a face, by order', { empty: true, comment: 'simulator:face' }, null],
    ['two faces', { comment: 'simulator:two-faces' }, 'multipleFaceObjectError'],
    ['a poor face', { comment: 'simulator:poor' }, 'faceLowQulity'],
    ['any code', { comment: 'simulator:refuse=pupilDistanceTooSmall' }, 'pupilDistanceTooSmall'],
    ['an unknown order', { comment: 'simulator:dance' }, null],
    ['a progressive one', { progressive: true }, 'SubpicAnalysisModelingError'],
    ['4:4:4', { chroma444: true }, 'SubpicAnalysisModelingError'],
    ['a turned one', { orientation: 6 }, 'SubpicAnalysisModelingError'],
    ['an upright one with EXIF', { orientation: 1 }, null],
    ['79 pixels', { sidePx: 79 }, 'picResolutionInvalidError'],
    ['80 pixels', { sidePx: 80 }, null],
  ];

  it.each(rows)('%s', async (_, picture, code) => {
    expect(await verdictOn(await drawPicture(picture))).toBe(code);
  });

  it('refuses trailing bytes and other formats, unless the model takes them', async () => {
    const longer = Buffer.concat([plain, Buffer.from('PK')]);
    expect(await verdictOn(longer)).toBe('jpegPicWithAppendDataError');
    expect(await verdictOn(longer, { ...traits, trailingBytes: 'accept' })).toBeNull();
    const png = await sharp(plain).png().toBuffer();
    expect(await verdictOn(png)).toBe('picFormatError');
    expect(await verdictOn(png, { ...traits, pictureFormats: ['png'] })).toBeNull();
    const bmp = drawBmp(100, 90);
    expect(await examinePhoto(bmp)).toMatchObject({
      format: 'bmp',
      widthPx: 100,
      heightPx: 90,
      faces: 'one',
    });
    expect(await verdictOn(bmp)).toBe('picFormatError');
    expect(await verdictOn(bmp, { ...traits, pictureFormats: ['png', 'bmp'] })).toBeNull();
    expect(await verdictOn(bmp.subarray(0, bmp.length - 1))).toBe('SubpicAnalysisModelingError');
  });

  it('lets pass what the model does not mind', async () => {
    const odd = await drawPicture({ progressive: true, chroma444: true, orientation: 6 });
    const easy = {
      ...traits,
      progressiveJpeg: 'accept' as const,
      chroma444: 'accept' as const,
      exifRotation: 'ignore' as const,
    };
    expect(await verdictOn(odd, easy)).toBeNull();
  });

  it('is not taken in by a comment that is cut off', async () => {
    expect(await verdictOn(withComment(plain, 'simulator:no-face').subarray(0, 40))).toBe(
      'SubpicAnalysisModelingError',
    );
  });
});

describe('judgePhotoSize', () => {
  it.each([
    [1023, 'faceDataLenShort'],
    [1024, undefined],
    [200 * 1024, undefined],
    [200 * 1024 + 1, 'badJsonContent'],
  ])('%i bytes → %s', (sizeBytes, code) => {
    expect(judgePhotoSize(sizeBytes, traits)?.subStatusCode).toBe(code);
  });
});

describe('failsShakily', () => {
  it('fails small pictures only, on half of the draws', async () => {
    const small = await examinePhoto(await drawPicture({ sidePx: 399 }));
    const big = await examinePhoto(await drawPicture({ sidePx: 400 }));
    expect([failsShakily(small, traits, 0.49), failsShakily(small, traits, 0.5)]).toEqual([true, false]);
    expect(failsShakily(big, traits, 0)).toBe(false);
  });
});
