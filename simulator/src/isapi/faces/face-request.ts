import type { Traits } from '../../profiles/traits.ts';
import type { Faces } from '../../terminal/faces.ts';
import type { IsapiRequest } from '../endpoint.ts';
import { optionalBoolean, readJson, requireString, valueOf, type JsonObject } from '../json-fields.ts';
import { checkEmployeeNo } from '../persons/employee-no.ts';
import { Refusal } from '../refusal.ts';
import { boundaryOf, readMultipart } from './multipart.ts';

/** Where a face write says the picture is. */
export type PictureSource = { kind: 'upload'; bytes: Buffer } | { kind: 'json'; body: JsonObject };

export interface FaceRequest {
  FDID: string;
  FPID: string;
  deleteFP: boolean;
  body: JsonObject;
  picture: PictureSource;
}

/** Values of `faceLibType` in the vendor's documents for terminals. */
const LIBRARY_TYPES = ['blackFD', 'staticFD', 'infraredFD'];

/** Reads a face write of either form: flat JSON with a URL, or multipart with the JSON first and the picture second. */
export function readFaceRequest(request: IsapiRequest, faces: Faces, traits: Traits): FaceRequest {
  const { body, upload } = readBody(request);
  const FDID = readLibrary(body, faces);
  return {
    FDID,
    FPID: readFpid(valueOf(body, 'FPID'), traits),
    deleteFP: optionalBoolean(body, 'deleteFP') ?? false,
    body,
    picture: upload ? { kind: 'upload', bytes: upload } : { kind: 'json', body },
  };
}

/** Vendor's guide. A person's number is shorter; that of nobody may have this length. */
const FPID_MAX_BYTES = 63;

/** Whose face a request is about: the person's `employeeNo`, under the name FPID. */
export function readFpid(given: unknown, traits: Traits): string {
  if (given === undefined) throw new Refusal('MessageParametersLack', 'FPID');
  return checkEmployeeNo(given, 'FPID', traits, FPID_MAX_BYTES);
}

/**
 * The library a request names with `faceLibType` and `FDID`. A wrapper around both, as the Device Gateway has, is an
 * error that names `faceLibType` [K1T321].
 */
export function readLibrary(body: JsonObject, faces: Faces): string {
  const faceLibType = requireString(body, 'faceLibType');
  if (!LIBRARY_TYPES.includes(faceLibType)) throw new Refusal('badJsonContent', 'faceLibType');
  const FDID = requireString(body, 'FDID');
  if (faces.library(FDID)?.faceLibType !== faceLibType) throw new Refusal('faceLibraryIDError', 'FDID');
  return FDID;
}

function readBody(request: IsapiRequest): { body: JsonObject; upload: Buffer | null } {
  const boundary = boundaryOf(request.headers['content-type']);
  if (boundary === null) return { body: readJson(request.body), upload: null };
  const parts = readMultipart(request.body, boundary);
  const [json, picture] = parts ?? [];
  // The order counts, not the names; a JSON part with a file name is taken for a file.
  if (json?.filename !== null) throw new Refusal('badJsonFormat');
  const body = readJson(json.body);
  if (!picture) throw new Refusal('MessageParametersLack', 'img');
  return { body, upload: picture.body };
}
