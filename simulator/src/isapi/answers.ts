import type { Traits } from '../profiles/traits.ts';
import { codes, type CodeName } from './catalogue.ts';
import type { IsapiAnswer, IsapiRequest } from './endpoint.ts';
import { xmlDocument, type XmlTree } from './xml.ts';

export const JSON_TYPE = 'application/json; charset="UTF-8"';
export const XML_TYPE = 'application/xml; charset="UTF-8"';

const STATUS_STRINGS: readonly string[] = [
  'OK',
  'OK',
  'Device Busy',
  'Device Error',
  'Invalid Operation',
  'Invalid Format',
  'Invalid Content',
  'Reboot Required',
  'Batch Operation',
];

/** Firmware that writes version 1.0 documents still names the format in them. */
const OLD_XML_STATUS_STRINGS: Readonly<Record<number, string>> = {
  5: 'Invalid XML Format',
  6: 'Invalid XML Content',
};

/** HTTP status by statusCode. 400 was seen for 2, 4 (invalidID) and 6; 3, 7 and 8 were never captured: assumed. */
const HTTP_BY_STATUS_CODE: readonly number[] = [200, 200, 400, 400, 400, 400, 400, 200, 200];

/** What a ResponseStatus says beyond its code. */
export interface StatusDetail {
  /** The field at fault; default: a copy of the code, as devices do. */
  errorMsg?: string;
  /** HTTP status, where it is not the usual one of the code. */
  status?: number;
}

export interface ResponseStatus {
  statusCode: number;
  statusString: string;
  subStatusCode: string;
  id?: number;
  errorCode?: number;
  errorMsg?: string;
}

/** Codes that came with an `id` of -1 between code and number [K1A340]. */
const CODES_WITH_ID: readonly string[] = ['deviceError', 'invalidID'];

function isKnown(code: string): code is CodeName {
  return Object.hasOwn(codes, code);
}

/**
 * The fields of a ResponseStatus for a sub-status code of the dictionary, `ok`, or any other text: that one is
 * answered as an Invalid Operation without a number, as firmware does with codes the dictionary does not have.
 */
export function responseStatus(code: string, errorMsg = code): ResponseStatus {
  if (code === 'ok') return { statusCode: 1, statusString: 'OK', subStatusCode: 'ok' };
  if (!isKnown(code))
    return { statusCode: 4, statusString: 'Invalid Operation', subStatusCode: code, errorMsg };
  const errorCode = codes[code];
  const statusCode = Math.floor(errorCode / 0x10000000);
  return {
    statusCode,
    statusString: STATUS_STRINGS[statusCode] ?? 'Invalid Operation',
    subStatusCode: code,
    ...(CODES_WITH_ID.includes(code) ? { id: -1 } : {}),
    errorCode,
    errorMsg,
  };
}

/** The HTTP status a terminal sends with a code. `notSupport` differs by model, see the trait. */
export function httpStatusOf(code: string, traits: Traits): number {
  if (code === 'notSupport') return traits.notSupportStatus;
  if (code === 'methodNotAllowed') return 405;
  if (code === 'lowPrivilege' || code === 'badAuthorization') return 403;
  if (code === 'notActivated') return traits.notActivatedStatus;
  return HTTP_BY_STATUS_CODE[responseStatus(code).statusCode] ?? 400;
}

/** Any JSON document. */
export function jsonAnswer(body: object, status = 200): IsapiAnswer {
  return { kind: 'answer', status, contentType: JSON_TYPE, body: JSON.stringify(body) };
}

const OK_BODY = JSON.stringify(responseStatus('ok'));

/** 200 with `statusCode` 1; `extra` keys follow the status, as in a list of libraries. */
export function jsonOk(extra?: object): IsapiAnswer {
  const body = extra ? JSON.stringify({ ...responseStatus('ok'), ...extra }) : OK_BODY;
  return { kind: 'answer', status: 200, contentType: JSON_TYPE, body, subStatusCode: 'ok' };
}

/** A ResponseStatus in JSON. */
export function jsonStatus(traits: Traits, code: string, detail: StatusDetail = {}): IsapiAnswer {
  return {
    ...jsonAnswer(responseStatus(code, detail.errorMsg), detail.status ?? httpStatusOf(code, traits)),
    subStatusCode: code,
  };
}

/** Any XML document in the namespace and version of the model. */
export function xmlAnswer(traits: Traits, root: string, tree: XmlTree, status = 200): IsapiAnswer {
  return { kind: 'answer', status, contentType: XML_TYPE, body: xmlDocument(traits, root, tree) };
}

/** A ResponseStatus in XML. Number and errorMsg are left out where none was given, as captured. */
export function xmlStatus(traits: Traits, code: string, detail: StatusDetail = {}): IsapiAnswer {
  const { statusCode, statusString, subStatusCode, errorCode } = responseStatus(code);
  const old = traits.xmlVersion === '1.0' ? OLD_XML_STATUS_STRINGS[statusCode] : undefined;
  const tree: XmlTree = { requestURL: '', statusCode, statusString: old ?? statusString, subStatusCode };
  if (detail.errorMsg !== undefined && errorCode !== undefined) tree.errorCode = errorCode;
  if (detail.errorMsg !== undefined) tree.errorMsg = detail.errorMsg;
  return {
    ...xmlAnswer(traits, 'ResponseStatus', tree, detail.status ?? httpStatusOf(code, traits)),
    subStatusCode: code,
  };
}

/** True when the client asked for JSON with `format=json`. */
export function wantsJson(request: Pick<IsapiRequest, 'query'>): boolean {
  return request.query.get('format') === 'json';
}

/** A ResponseStatus in the form the client asked for. */
export function statusFor(
  request: Pick<IsapiRequest, 'query'>,
  traits: Traits,
  code: string,
  detail: StatusDetail = {},
): IsapiAnswer {
  return wantsJson(request) ? jsonStatus(traits, code, detail) : xmlStatus(traits, code, detail);
}

/** A path this firmware does not have: 404 and XML, whatever was asked for, since the failure is below the handler. */
export function notFound(traits: Traits): IsapiAnswer {
  return xmlStatus(traits, 'notSupport', { status: 404 });
}

/** A path that exists, called with the wrong verb. DS-K1A340 answers 404 to GET UserInfo/Search, others 405 or 403. */
export function methodNotAllowed(request: Pick<IsapiRequest, 'query'>, traits: Traits): IsapiAnswer {
  if (traits.wrongMethod === 'not-found') return notFound(traits);
  const status = traits.wrongMethod === 'forbidden' ? 403 : 405;
  return statusFor(request, traits, 'methodNotAllowed', { status });
}
