import { drawPicture } from '../src/isapi/testing/pictures.ts';
import type { Fault } from '../src/faults/fault.ts';
import { multipart, type Rig, type Way } from './rig.ts';

const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';
export const MODIFY = '/ISAPI/AccessControl/UserInfo/Modify?format=json';
const FACE = '/ISAPI/Intelligent/FDLib/FaceDataRecord?format=json';
export const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const PHOTO_URL = 'http://127.0.0.1:8080/1.jpg';

let drawn: Promise<Buffer> | null = null;
const photo = () => (drawn ??= drawPicture());

export function userInfo(employeeNo: string, name = 'Popescu Ion') {
  return {
    UserInfo: {
      employeeNo,
      name,
      userType: 'normal',
      Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
      doorRight: '1',
      RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    },
  };
}

export const record = (rig: Rig, employeeNo = '1000') =>
  rig.call({ target: RECORD, body: userInfo(employeeNo) });
export const faceByUrl = (rig: Rig, FPID = '1000') =>
  rig.call({ target: FACE, body: { faceLibType: 'blackFD', FDID: '1', FPID, faceURL: PHOTO_URL } });
export const faceUpload = async (rig: Rig, FPID = '1000') =>
  rig.call({
    target: FACE,
    ...multipart([
      {
        name: 'FaceDataRecord',
        type: 'application/json',
        data: JSON.stringify({ faceLibType: 'blackFD', FDID: '1', FPID }),
      },
      { name: 'img', filename: '1.jpg', type: 'image/jpeg', data: await photo() },
    ]),
  });
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
