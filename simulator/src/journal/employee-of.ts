/** How far into a body a person is looked for: the JSON part of a face upload comes first. */
const LOOK_AT_BYTES = 4096;

const IN_JSON = /"(?:employeeNo|FPID)"\s*:\s*(?:"((?:[^"\\]|\\.){0,128})"|(\d{1,32}))/;
const IN_DELETE_LIST = /"FPID"\s*:\s*\[\s*\{\s*"value"\s*:\s*"((?:[^"\\]|\\.){0,128})"/;
const IN_XML = /<(?:[\w.-]+:)?(?:employeeNo|FPID)(?:\s[^>]{0,200})?>([^<]{0,128})</;
const IN_QUERY = /[?&](?:employeeNo|FPID)=([^&#]{0,200})/;

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

/**
 * The person a request speaks of, from its query or from the beginning of its body (JSON, XML, or the JSON part of a
 * multipart body); the first one when there are several, null when there is none.
 */
export function employeeOf(target: string, body: Buffer | string | null): string | null {
  const inQuery = IN_QUERY.exec(target)?.[1];
  if (inQuery !== undefined) {
    try {
      return decodeURIComponent(inQuery);
    } catch {
      return inQuery;
    }
  }
  if (body === null || body.length === 0) return null;
  const text =
    typeof body === 'string'
      ? body.slice(0, LOOK_AT_BYTES)
      : body.subarray(0, LOOK_AT_BYTES).toString('utf8');
  const inJson = IN_JSON.exec(text);
  const found = inJson?.[1] ?? inJson?.[2] ?? IN_DELETE_LIST.exec(text)?.[1];
  if (found !== undefined) return unescape(found);
  return IN_XML.exec(text)?.[1] ?? null;
}
