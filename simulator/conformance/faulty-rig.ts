import { drawPicture } from '../src/isapi/testing/pictures.ts';
import {
  FACE_RECORD,
  faceOf,
  faceUpload as upload,
  RECORD,
  userInfo,
} from '../src/isapi/testing/requests.ts';
import type { Fault } from '../src/faults/fault.ts';
import type { Rig, Way } from './rig.ts';

const JSON_FORM = '?format=json';
export const COUNT = `/ISAPI/AccessControl/UserInfo/Count${JSON_FORM}`;
const PHOTO_URL = 'http://127.0.0.1:8080/1.jpg';

let drawn: Promise<Buffer> | null = null;
const photo = () => (drawn ??= drawPicture());

export const record = (rig: Rig, employeeNo = '1000') =>
  rig.call({ target: `${RECORD}${JSON_FORM}`, body: userInfo(employeeNo) });
export const faceByUrl = (rig: Rig, FPID = '1000') =>
  rig.call({ target: `${FACE_RECORD}${JSON_FORM}`, body: faceOf(FPID, { faceURL: PHOTO_URL }) });
export const faceUpload = async (rig: Rig, FPID = '1000') => {
  const [body, contentType] = upload(FPID, await photo());
  return rig.call({ target: `${FACE_RECORD}${JSON_FORM}`, body, contentType });
};
/** Employee numbers the terminal has. */
export const persons = (rig: Rig) => rig.device.persons().map(({ employeeNo }) => employeeNo);
export const subStatus = (answer: { json(): unknown }) =>
  (answer.json() as { subStatusCode: string }).subStatusCode;

/** A terminal with faults, and a photo that it can download. */
export async function rigWith(
  way: Way,
  faults: (Fault | string)[],
  more: Parameters<Way['rig']>[0] = {},
): Promise<Rig> {
  return way.rig({ faults, pictures: { [PHOTO_URL]: await photo() }, ...more });
}
