import type { Traits } from '../profiles/traits.ts';
import type { PhotoExamination } from './photo-examination.ts';

export interface PhotoRefusal {
  subStatusCode: string;
  errorMsg: string;
}

/** The field name in the observed answers to pictures; a modelling error has another one on some models. */
const SAVE_FACE_PIC = 'saveFacePic';

/** The observed answer to everything a modelling step dislikes, whatever the reason. */
export const MODELLING_ERROR = 'SubpicAnalysisModelingError';

/**
 * Whether the size alone makes the device refuse a picture, before it is decoded. Null: it does not.
 * Over the limit the answer names the URL field, even for an upload [K1T673, observed].
 */
export function judgePhotoSize(sizeBytes: number, traits: Traits): PhotoRefusal | null {
  if (sizeBytes > traits.photoMaxBytes) return traits.overlongPhotoAnswer;
  if (sizeBytes < traits.photoMinBytes)
    return { subStatusCode: 'faceDataLenShort', errorMsg: 'faceDataLenShort' };
  return null;
}

/** Why a decoded picture is refused; null: a face can be modelled from it. */
export function judgePhoto(photo: PhotoExamination, traits: Traits): PhotoRefusal | null {
  const code = refusalCode(photo, traits);
  return code === null ? null : pictureRefusal(code, traits);
}

/** The answer to a picture that was received and then refused. */
export function pictureRefusal(subStatusCode: string, traits: Traits): PhotoRefusal {
  const errorMsg = subStatusCode === MODELLING_ERROR ? traits.modellingErrorMsg : SAVE_FACE_PIC;
  return { subStatusCode, errorMsg };
}

function refusalCode(photo: PhotoExamination, traits: Traits): string | null {
  if (photo.format === null) return MODELLING_ERROR;
  if (photo.format !== 'jpeg' && !traits.pictureFormats.includes(photo.format))
    return traits.pictureFormatCode;
  if (photo.trailingBytes > 0 && traits.trailingBytes === 'refuse') return 'jpegPicWithAppendDataError';
  if (Math.min(photo.widthPx, photo.heightPx) < traits.photoMinSidePx) return traits.pictureResolutionCode;
  if (photo.progressive && traits.progressiveJpeg === 'refuse') return MODELLING_ERROR;
  if (photo.chroma444 && traits.chroma444 === 'refuse') return MODELLING_ERROR;
  if (photo.rotated && traits.exifRotation === 'refuse') return MODELLING_ERROR;
  if (photo.refuseWith !== null) return photo.refuseWith;
  if (photo.faces === 'none') return traits.noFaceCode;
  if (photo.faces === 'several') return traits.severalFacesCode;
  if (photo.faces === 'poor') return traits.poorFaceCode;
  return null;
}

/** Part of the small pictures that fail each time; "often fails" is all the sources say. */
const SHAKY_FAILS = 0.5;

/** Small pictures fail now and then and pass later. `draw` is a number in [0, 1) from the terminal's seed. */
export function failsShakily(photo: PhotoExamination, traits: Traits, draw: number): boolean {
  return Math.max(photo.widthPx, photo.heightPx) < traits.photoShakySidePx && draw < SHAKY_FAILS;
}
