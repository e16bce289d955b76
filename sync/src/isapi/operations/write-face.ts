import type { FaceImage } from '../device-client.ts';
import type { WireRequest } from '../transport.ts';
import { faceLibrary } from './face-library.ts';
import { writeMultipart } from './multipart.ts';
import { jsonBody, type Operation, readStatusAnswer } from './operation.ts';

/** Adds a face to a person; `already` when the person has one. */
export const addFace = (employeeNo: string, image: FaceImage): Operation<null> =>
  send('POST', 'FaceDataRecord', { FPID: employeeNo }, image);

/**
 * Adds or replaces a face; the old one stays when the new picture cannot be modelled [K1T342]. One model wants the
 * person's number under its own name as well [K1T321]; the others ignore it, as every key they do not know.
 */
export const setUpFace = (employeeNo: string, image: FaceImage): Operation<null> =>
  send('PUT', 'FDSetUp', { FPID: employeeNo, employeeNo }, image);

interface FaceOwner {
  FPID: string;
  employeeNo?: string;
}

function send(
  method: 'POST' | 'PUT',
  call: 'FaceDataRecord' | 'FDSetUp',
  whose: FaceOwner,
  image: FaceImage,
): Operation<null> {
  return {
    request: {
      method,
      path: `/ISAPI/Intelligent/FDLib/${call}?format=json`,
      body: bodyOf(whose, image),
    },
    read: (answer) => readStatusAnswer(answer),
  };
}

function bodyOf(whose: FaceOwner, image: FaceImage): NonNullable<WireRequest['body']> {
  // Flat: wrapped in FaceDataRecord it is refused with an error that names faceLibType [K1T321].
  const record = { ...faceLibrary, ...whose };
  if (image.delivery === 'url') return jsonBody({ ...record, faceURL: image.url });
  return writeMultipart([
    { name: 'FaceDataRecord', contentType: 'application/json', bytes: Buffer.from(JSON.stringify(record)) },
    { name: 'img', filename: `${whose.FPID}.jpg`, contentType: 'image/jpeg', bytes: image.jpeg },
  ]);
}
