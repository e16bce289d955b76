import type { Body } from './body.ts';
import { type Fields, fieldsOf, integerOf, isFields, textOf } from './fields.ts';

/** The status a terminal puts into an answer, in JSON or XML. */
export interface ResponseStatus {
  /** 0 and 1 are OK; null when the device left it out or wrote no number. */
  statusCode: number | null;
  /** As the device spelled it; null when absent or nothing a code can look like. */
  subStatusCode: string | null;
  errorCode: number | null;
  /** Usually the field at fault, otherwise a copy of the code. */
  errorMsg: string | null;
}

/** Longest code in the vendor's dictionary: 96 characters. Anything else in its place is not repeated in logs. */
const CODE = /^[\w/:.' +-]{1,100}$/;

/** The status in a body: flat JSON, JSON under `ResponseStatus`, or XML of that name in any namespace; null if none. */
export function readResponseStatus(body: Body): ResponseStatus | null {
  const fields = statusFields(body);
  if (!fields) return null;
  return {
    statusCode: integerOf(fields.statusCode),
    subStatusCode: codeOf(fields.subStatusCode),
    errorCode: integerOf(fields.errorCode),
    errorMsg: codeOf(fields.errorMsg),
  };
}

function statusFields(body: Body): Fields | null {
  if (body.kind === 'xml') return body.root === 'ResponseStatus' ? fieldsOf(body.value) : null;
  if (body.kind !== 'json' || !isFields(body.value)) return null;
  const document = body.value;
  if (isFields(document.ResponseStatus)) return document.ResponseStatus;
  return 'statusCode' in document || 'subStatusCode' in document ? document : null;
}

function codeOf(value: unknown): string | null {
  const text = textOf(value)?.trim() ?? '';
  return CODE.test(text) ? text : null;
}
