import { jsonAnswer, jsonOk, notFound } from '../answers.ts';
import { optionOf } from '../capability-option.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';
import { optionalString, readJson, requireString } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { readLibrary } from './face-request.ts';

/** Observed on DS-K1T321: FDMaxNum, FDNameMaxLen, customInfoMaxLen. */
const MAX_LIBRARIES = 3;
const NAME_MAX_LENGTH = 64;
const CUSTOM_INFO_MAX_LENGTH = 192;

/** All libraries, or the one that `FDID` and `faceLibType` in the query name. */
export function listLibraries({ request, terminal: { faces } }: JsonCall): IsapiAnswer {
  const wanted = request.query.get('FDID');
  const FDLib = faces
    .libraries()
    .filter(({ FDID }) => wanted === null || FDID === wanted)
    .map(({ FDID, faceLibType, name }) => ({ FDID, faceLibType, name }));
  if (FDLib.length === 0) throw new Refusal('faceLibraryIDError', 'FDID');
  return jsonOk({ FDLib });
}

export function createLibrary({ request, terminal: { faces, hold } }: JsonCall): IsapiAnswer {
  const body = readJson(request.body);
  const faceLibType = requireString(body, 'faceLibType');
  if (!['blackFD', 'staticFD', 'infraredFD'].includes(faceLibType))
    throw new Refusal('badJsonContent', 'faceLibType');
  const name = optionalString(body, 'name') ?? '';
  if (name.length > NAME_MAX_LENGTH) throw new Refusal('badJsonContent', 'name');
  const customInfo = optionalString(body, 'customInfo') ?? '';
  if (customInfo.length > CUSTOM_INFO_MAX_LENGTH) throw new Refusal('badJsonContent', 'customInfo');
  if (hold.occupation) throw new Refusal('deviceBusy');
  const FDID =
    faces.libraries().length < MAX_LIBRARIES ? faces.createLibrary(faceLibType, name, customInfo) : null;
  if (FDID === null) throw new Refusal('faceLibraryNumError');
  return jsonOk({ FDID });
}

/** Deletes **all** libraries with their faces, or the one the query names. Those the device comes with stay, empty. */
export function deleteLibraries({ request, terminal }: JsonCall): IsapiAnswer {
  const { faces, hold } = terminal;
  if (hold.occupation) throw new Refusal('deviceBusy');
  const one = request.query.has('FDID') ? [readLibrary(Object.fromEntries(request.query), faces)] : null;
  for (const FDID of one ?? faces.libraries().map((library) => library.FDID)) faces.deleteLibrary(FDID);
  return jsonOk();
}

/** Number of faces: of every library, or flat of the one the query names. */
export function countFaces({ request, terminal: { faces } }: JsonCall): IsapiAnswer {
  if (request.query.has('FDID'))
    return jsonOk({ recordDataNumber: faces.count(readLibrary(Object.fromEntries(request.query), faces)) });
  const FDRecordDataInfo = faces.libraries().map(({ FDID, faceLibType, name }) => ({
    FDID,
    faceLibType,
    name,
    recordDataNumber: faces.count(FDID),
  }));
  return jsonOk({ FDRecordDataInfo });
}

export function faceCapabilities({ traits }: JsonCall): IsapiAnswer {
  if (traits.faceCapabilities === 'not-found') return notFound(traits);
  const setUp = traits.faceSetUp === 'yes' ? ',setUp' : '';
  return jsonAnswer({
    FDNameMaxLen: NAME_MAX_LENGTH,
    customInfoMaxLen: CUSTOM_INFO_MAX_LENGTH,
    FDMaxNum: MAX_LIBRARIES,
    FDRecordDataMaxNum: traits.maxFaces,
    supportFDFunction: `post,delete,put,get${setUp}`,
    // The vendor's spelling.
    isSuportFDSearch: traits.faceSearch === 'yes',
    // 256 is what holds where the key is absent.
    ...(traits.faceUrlMaxLength === 256 ? {} : { faceURLLen: traits.faceUrlMaxLength }),
    faceType: optionOf(traits, ['normalFace', 'patrolFace', 'hijackFace', 'superFace']),
    saveFacePic: optionOf(traits, [true, false]),
    ...(traits.pictureFormats.length === 0
      ? {}
      : { facePicFormat: optionOf(traits, ['jpg', ...traits.pictureFormats]) }),
  });
}
