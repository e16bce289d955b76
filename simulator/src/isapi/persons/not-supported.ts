import { jsonStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';

/** Calls that exist and say notSupport in JSON, with HTTP 200 on a K1A340 and 403 in the vendor's example. */
export const notSupportedEndpoints: Endpoint[] = [
  ['face-info-search', '/ISAPI/AccessControl/FaceInfo/Search'] as const,
  ['fingerprint-search', '/ISAPI/AccessControl/FingerPrint/Search'] as const,
].map(([name, path]) => ({
  name,
  path,
  method: 'POST',
  privilege: 'read',
  handle: jsonCall(({ traits }) => jsonStatus(traits, 'notSupport')),
}));
