import type { Answer } from '../answer.ts';
import { readBody } from '../body.ts';
import { readResponseStatus } from '../response-status.ts';
import type { WireAnswer } from '../transport.ts';
import { faceLibrary } from './face-library.ts';
import { jsonBody, type Operation, readStatusAnswer } from './operation.ts';

/** Removes a person's face; no error when there is none. */
export function deleteFace(employeeNo: string, by: 'fd-search-delete' | 'fd-delete'): Operation<null> {
  return by === 'fd-search-delete' ? searchDelete(employeeNo) : plainDelete(employeeNo);
}

function searchDelete(employeeNo: string): Operation<null> {
  const { FDID, faceLibType } = faceLibrary;
  return {
    request: {
      method: 'PUT',
      path: `/ISAPI/Intelligent/FDLib/FDSearch/Delete?format=json&FDID=${FDID}&faceLibType=${faceLibType}`,
      body: jsonBody({ FPID: [{ value: employeeNo }] }),
    },
    read: (answer) => readStatusAnswer(answer),
  };
}

/** [K1T341AMF] has this instead, and says statusCode 4 when there was no such face. */
function plainDelete(employeeNo: string): Operation<null> {
  return {
    request: {
      method: 'PUT',
      path: '/ISAPI/Intelligent/FDLib/FDDelete?format=json',
      body: jsonBody({ ...faceLibrary, FPID: employeeNo }),
    },
    read: readPlainDelete,
  };
}

function readPlainDelete(answer: WireAnswer): Answer<null> {
  const read = readStatusAnswer(answer);
  const status = readResponseStatus(readBody(answer.body));
  if (read.verdict.class !== 'unknown' || status?.statusCode !== 4) return read;
  return {
    verdict: {
      ...read.verdict,
      class: 'missing',
      code: 'face_missing',
      message: 'The face is not on the device.',
    },
    value: null,
  };
}
