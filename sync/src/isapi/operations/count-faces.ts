import { fieldsOf, integerOf, listOf, textOf } from '../fields.ts';
import { faceLibrary } from './face-library.ts';
import { type Operation, readPayloadAnswer } from './operation.ts';

/** Faces in the library that opens the door; models with several libraries list them all. */
export const countFaces: Operation<number> = {
  request: { method: 'GET', path: '/ISAPI/Intelligent/FDLib/Count?format=json' },
  read: (answer) => readPayloadAnswer(answer, readCount),
};

function readCount(document: unknown): number | null {
  const count = fieldsOf(document);
  const libraries = listOf(count.FDRecordDataInfo).map(fieldsOf);
  const ours = libraries.find((library) => textOf(library.FDID) === faceLibrary.FDID);
  return integerOf(ours ? ours.recordDataNumber : count.recordDataNumber);
}
