import { storableText } from './storable-text.ts';

/** Enough to recognise an answer in a log line. */
export const MAX_RAW_CHARS = 300;
/** Redaction looks at this much: a secret cannot hide behind the cut. */
const MAX_EXAMINED_CHARS = 4_096;

/** Keys whose value is a secret or somebody's data, as they end: `userName`, `employeeName`, `cardNo`, `faceURL`. */
const KEY =
  '[A-Za-z@]*(?:name|passwd|password|secret|token|nonce|response|opaque|authorization|cardNo|certificateNo|phone(?:Number|No)?|faceURL|pictureURL|picUrl)';
const JSON_FIELD = new RegExp(`("${KEY}"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)|[^\\s,}\\]]+)`, 'gi');
const XML_FIELD = new RegExp(`(<(?:[A-Za-z]+:)?${KEY}(?:\\s[^<>]*)?>)[^<]*`, 'gi');
const PARAMETER = new RegExp(`(\\b${KEY}=)(?:"[^"]*"?|[^\\s,&;"<]+)`, 'gi');
const LOGIN = /\b(?:Digest|Basic|Bearer)\s+[^\r\n<]*/g;
const URL_QUERY = /(https?:\/\/[^\s"'<>?/]*)[^\s"'<>]*/gi;

/**
 * An answer for the log: one line of at most `MAX_RAW_CHARS`, without passwords, logins, names of people, card numbers
 * and picture addresses. `hidden` are texts known to be personal, such as the name just sent.
 */
export function redactAnswer(body: Buffer, hidden: string[] = []): string {
  let text = body.subarray(0, MAX_EXAMINED_CHARS).toString('utf8');
  for (const part of hidden) if (part.trim() !== '') text = text.replaceAll(part, '…');
  text = text
    .replaceAll(JSON_FIELD, '$1"…"')
    .replaceAll(XML_FIELD, '$1…')
    .replaceAll(LOGIN, '…')
    .replaceAll(PARAMETER, '$1…')
    .replaceAll(URL_QUERY, '$1/…')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return storableText(text, MAX_RAW_CHARS);
}
