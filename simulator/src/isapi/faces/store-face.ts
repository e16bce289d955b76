import type { Face } from '../../terminal/faces.ts';
import type { PhotoExamination } from '../../terminal/photo-examination.ts';
import {
  failsShakily,
  judgePhoto,
  judgePhotoSize,
  MODELLING_ERROR,
  pictureRefusal,
  type PhotoRefusal,
} from '../../terminal/photo-verdict.ts';
import type { JsonCall } from '../json-call.ts';
import { Refusal } from '../refusal.ts';
import type { FaceRequest } from './face-request.ts';
import { fetchPicture } from './fetch-picture.ts';

/**
 * Fetches, judges and models a picture and stores the face. The device is held from the download to the end. Whatever
 * goes wrong is a `Refusal`, and the face the person had before stays.
 */
export async function storeFace(call: JsonCall, write: FaceRequest): Promise<Face> {
  const { terminal } = call;
  const stored = await terminal.hold.during('modelling', async (signal) => {
    const { bytes, origin } = await fetchPicture(call, write.picture);
    refuse(judgePhotoSize(bytes.length, call.traits));
    const { sha256, examination } = await terminal.photos.examine(bytes);
    refuse(judgePhoto(examination, call.traits));
    await model(call, examination, signal);
    if (signal.aborted) return null;
    if (!terminal.persons.has(write.FPID)) throw new Refusal(call.traits.faceWithoutPersonCode, 'FPID');
    if (call.traits.sameFaceTwice === 'refuse' && terminal.faces.twinOf(sha256, write.FPID, write.FDID))
      throw new Refusal('alreadyExistThisFace', 'saveFacePic');
    const face = terminal.faces.set(write.FPID, { sha256, sizeBytes: bytes.length, origin }, write.FDID);
    terminal.photos.keep(sha256, bytes);
    return face;
  });
  // Nobody hears this: power was lost meanwhile, and the line with it.
  if (!stored) throw new Refusal('deviceError');
  return stored;
}

/** The time modelling takes, and what may still go wrong in it. */
async function model(call: JsonCall, photo: PhotoExamination, signal: AbortSignal): Promise<void> {
  const { context, traits } = call;
  const spreadMs = Math.max(0, traits.modellingMaxMs - traits.modellingMinMs);
  const modellingMs =
    context.conditions?.modellingMs ?? traits.modellingMinMs + context.random.int(spreadMs + 1);
  const draw = context.random.next();
  await context.clock.sleep(modellingMs, signal);
  const failure = context.conditions?.modellingFailure;
  if (failure) refuse(pictureRefusal(failure.subStatusCode ?? MODELLING_ERROR, traits));
  if (failsShakily(photo, traits, draw)) refuse(pictureRefusal(MODELLING_ERROR, traits));
}

function refuse(refusal: PhotoRefusal | null): void {
  if (refusal) throw new Refusal(refusal.subStatusCode, refusal.errorMsg);
}
