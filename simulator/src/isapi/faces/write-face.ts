import type { Face } from '../../terminal/faces.ts';
import { jsonOk, methodNotAllowed, notFound } from '../answers.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';
import { valueOf } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { readFaceRequest, type FaceRequest } from './face-request.ts';
import { storeFace } from './store-face.ts';

/** Add only: a person who has a face is refused. */
export async function recordFace(call: JsonCall): Promise<IsapiAnswer> {
  const write = readWrite(call);
  if (call.terminal.faces.has(write.FPID, write.FDID)) throw new Refusal('deviceUserAlreadyExistFace');
  checkRoom(call, write);
  return written(call, await storeFace(call, write));
}

/** Apply: adds or replaces; `deleteFP` true deletes. A picture that fails leaves the old face [K1T342]. */
export async function setUpFace(call: JsonCall): Promise<IsapiAnswer> {
  const { traits, request, terminal } = call;
  if (traits.faceSetUp === 'not-found') return notFound(traits);
  if (traits.faceSetUp === 'method-not-allowed') return methodNotAllowed(request, traits);
  const write = readWrite(call);
  if (traits.faceSetUpNeedsEmployeeNo && valueOf(write.body, 'employeeNo') === undefined)
    throw new Refusal('MessageParametersLack', 'employeeNo');
  if (write.deleteFP) {
    terminal.faces.remove(write.FPID, write.FDID);
    return jsonOk();
  }
  if (!terminal.faces.has(write.FPID, write.FDID)) checkRoom(call, write);
  return written(call, await storeFace(call, write));
}

/** Edit: replaces a face that is there. */
export async function modifyFace(call: JsonCall): Promise<IsapiAnswer> {
  if (call.traits.faceModify === 'not-found') return notFound(call.traits);
  const write = readWrite(call);
  if (!call.terminal.faces.has(write.FPID, write.FDID)) throw new Refusal('faceDataNotExist', 'FPID');
  return written(call, await storeFace(call, write));
}

/** Some firmware says beside the status whose face it is and where it lies; what a row key is made of is assumed. */
function written({ traits }: JsonCall, { FPID, pictureNo }: Face): IsapiAnswer {
  const { faceAnswerKeys } = traits;
  if (faceAnswerKeys.length === 0) return jsonOk();
  const values = { FPID, rowKey: String(pictureNo) };
  return jsonOk(Object.fromEntries(faceAnswerKeys.map((key) => [key, values[key]])));
}

function readWrite({ request, terminal, traits }: JsonCall): FaceRequest {
  const write = readFaceRequest(request, terminal.faces, traits);
  const { occupation } = terminal.hold;
  if (occupation) throw new Refusal(occupation === 'modelling' ? 'faceDataModeling' : 'deviceBusy');
  if (!write.deleteFP && !terminal.persons.has(write.FPID))
    throw new Refusal(traits.faceWithoutPersonCode, 'FPID');
  return write;
}

function checkRoom({ context, terminal, traits }: JsonCall, { FDID }: FaceRequest): void {
  const room = context.conditions?.facesFullAt ?? traits.maxFaces;
  if (terminal.faces.count(FDID) >= room) throw new Refusal(traits.facesFullCode);
}
