import type { Call, Rig } from './rig.ts';

export const OK = '200 ok';

/** The refusal of a value that does not fit. */
export const bad = (errorMsg: string): string => `400 badJsonContent ${errorMsg}`;

/** A call that speaks JSON. */
export function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: string | object): Call {
  return { method, target: `${path}?format=json`, ...(body === undefined ? {} : { body }) };
}

/** How a JSON call went, for comparing: `200 ok`, or HTTP status, code and the field at fault. */
export async function outcome(rig: Rig, request: Call): Promise<string> {
  const answer = await rig.call(request);
  const { subStatusCode, errorMsg } = answer.json() as { subStatusCode?: string; errorMsg?: string };
  return [answer.status, subStatusCode, errorMsg].filter((part) => part !== undefined).join(' ');
}
