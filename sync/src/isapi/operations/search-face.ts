import type { Answer } from '../answer.ts';
import { fieldsOf, integerOf, listOf, textOf } from '../fields.ts';
import type { WireAnswer } from '../transport.ts';
import { faceLibrary } from './face-library.ts';
import { jsonBody, type Operation, readPayloadAnswer } from './operation.ts';

/** Whether the library has a face for this person. A device that answers `missing` has said no. */
export function searchFace(employeeNo: string): Operation<boolean> {
  return {
    request: {
      method: 'POST',
      path: '/ISAPI/Intelligent/FDLib/FDSearch?format=json',
      body: jsonBody({ searchResultPosition: 0, maxResults: 1, ...faceLibrary, FPID: employeeNo }),
    },
    read: (answer) => readFound(answer, employeeNo),
  };
}

function readFound(answer: WireAnswer, employeeNo: string): Answer<boolean> {
  const found = readPayloadAnswer(answer, (document) => hasFace(document, employeeNo));
  if (found.verdict.class !== 'missing') return found;
  return { verdict: { ...found.verdict, class: 'done' }, value: false };
}

function hasFace(document: unknown, employeeNo: string): boolean | null {
  const page = fieldsOf(document);
  const totalMatches = integerOf(page.totalMatches);
  if (totalMatches === null && textOf(page.responseStatusStrg) === null) return null;
  const matches = listOf(page.MatchList).map((match) => textOf(fieldsOf(match).FPID));
  // A device that lists somebody else has not found this person.
  return matches.length > 0 ? matches.includes(employeeNo) : (totalMatches ?? 0) > 0;
}
