import { meaningNamed, type MeaningCode } from './catalogue.ts';
import type { Meaning } from './catalogue/entry.ts';

/** Codes that mean different things for different fields. */
const generic = new Set(['badjsoncontent', 'badjsonformat', 'badparameters', 'messageparameterslack']);

/** `errorMsg` names the field at fault; the remedy follows from the field. */
const meanings: Record<string, MeaningCode> = {
  // A photo over 200 KB gets badJsonContent faceURL, in multipart too [K1T673DX-BR V3.18.0].
  faceurl: 'photo_too_large',
  // Ours are constants: a device that refuses them wants another call.
  facelibtype: 'device_unsupported',
  fdid: 'device_unsupported',
  maxresults: 'device_unsupported',
  searchid: 'device_unsupported',
  searchresultposition: 'device_unsupported',
  employeeno: 'person_rejected',
  name: 'person_rejected',
  'begintime and endtime': 'person_rejected',
};

/** What a generic code means for the field that `errorMsg` names; null when the code or the field is another. */
export function meaningOfField(subStatusCode: string | null, errorMsg: string | null): Meaning | null {
  if (subStatusCode === null || errorMsg === null || !generic.has(subStatusCode.toLowerCase())) return null;
  const code = meanings[errorMsg.trim().toLowerCase()];
  return code ? meaningNamed(code) : null;
}
