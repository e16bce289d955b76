import type { Exchange } from './exchange.ts';

const PERSON_WRITE = /^\/ISAPI\/AccessControl\/UserInfo\/(Record|Modify|SetUp)\b/i;
const FACE_WRITE = /^\/ISAPI\/Intelligent\/FDLib\/(FaceDataRecord|FDSetUp|FDModify)(\?|$)/i;

/** A call that may add or change a person. */
export function writesPerson(exchange: Exchange): boolean {
  return exchange.method !== 'GET' && PERSON_WRITE.test(exchange.target);
}

/** A call that may add or change a face. */
export function writesFace(exchange: Exchange): boolean {
  return exchange.method !== 'GET' && FACE_WRITE.test(exchange.target);
}
