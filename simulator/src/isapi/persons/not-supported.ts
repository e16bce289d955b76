import { jsonOk, jsonStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { readJson, requireObject, requireString } from '../json-fields.ts';

/** Calls that exist and say notSupport in JSON, with HTTP 200 on a K1A340 and 403 in the vendor's example. */
const refused: Endpoint[] = [
  ['face-info-search', '/ISAPI/AccessControl/FaceInfo/Search'] as const,
  ['fingerprint-search', '/ISAPI/AccessControl/FingerPrint/Search'] as const,
].map(([name, path]) => ({
  name,
  path,
  method: 'POST',
  privilege: 'read',
  handle: jsonCall(({ traits }) => jsonStatus(traits, 'notSupport')),
}));

export const notSupportedEndpoints: Endpoint[] = [
  ...refused,
  {
    name: 'fingerprint-delete',
    method: 'PUT',
    path: '/ISAPI/AccessControl/FingerPrint/Delete',
    /** `{}` lacks FingerPrintDelete [K1A340]; nobody here has fingerprints, and deleting what is not there is no error. */
    handle: jsonCall(({ request }) => {
      requireString(requireObject(readJson(request.body), 'FingerPrintDelete'), 'mode');
      return jsonOk();
    }),
  },
];
