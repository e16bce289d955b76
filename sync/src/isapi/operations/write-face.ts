import type { FaceImage } from '../device-client.ts';
import type { WireRequest } from '../transport.ts';
import { faceLibrary } from './face-library.ts';
import { writeMultipart } from './multipart.ts';
import { jsonBody, type Operation, readStatusAnswer } from './operation.ts';

/** Adds a face to a person; `already` when the person has one. */
export const addFace = (employeeNo: string, image: FaceImage): Operation<null> =>
  send('POST', 'FaceDataRecord', employeeNo, image);

/** Adds or replaces a face; the old one stays when the new picture cannot be modelled [K1T342]. */
export const setUpFace = (employeeNo: string, image: FaceImage): Operation<null> =>
  send('PUT', 'FDSetUp', employeeNo, image);

function send(
  method: 'POST' | 'PUT',
  call: 'FaceDataRecord' | 'FDSetUp',
  employeeNo: string,
  image: FaceImage,
): Operation<null> {
  return {
    request: {
      method,
      path: `/ISAPI/Intelligent/FDLib/${call}?format=json`,
      body: bodyOf(employeeNo, image),
    },
    read: (answer) => readStatusAnswer(answer),
  };
}

function bodyOf(employeeNo: string, image: FaceImage): NonNullable<WireRequest['body']> {
  // Flat: wrapped in FaceDataRecord it is refused with an error that names faceLibType [K1T321].
  const record = { ...faceLibrary, FPID: employeeNo };
  if (image.delivery === 'url') return jsonBody({ ...record, faceURL: image.url });
  return writeMultipart([
    { name: 'FaceDataRecord', contentType: 'application/json', bytes: Buffer.from(JSON.stringify(record)) },
    { name: 'img', filename: `${employeeNo}.jpg`, contentType: 'image/jpeg', bytes: image.jpeg },
  ]);
}
