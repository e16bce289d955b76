import { multipart } from '../../../conformance/rig.ts';

export const RECORD = '/ISAPI/AccessControl/UserInfo/Record';
export const MODIFY = '/ISAPI/AccessControl/UserInfo/Modify';
export const SET_UP = '/ISAPI/AccessControl/UserInfo/SetUp';
export const SEARCH = '/ISAPI/AccessControl/UserInfo/Search';
export const DELETE = '/ISAPI/AccessControl/UserInfo/Delete';
export const DETAIL_DELETE = '/ISAPI/AccessControl/UserInfoDetail/Delete';
export const DELETE_PROCESS = '/ISAPI/AccessControl/UserInfoDetail/DeleteProcess';
export const FACE_LIBRARY = '/ISAPI/Intelligent/FDLib';
export const FACE_RECORD = `${FACE_LIBRARY}/FaceDataRecord`;
export const FACE_SET_UP = `${FACE_LIBRARY}/FDSetUp`;
export const FACE_SEARCH = `${FACE_LIBRARY}/FDSearch`;

/** A person as a verified client writes one. */
export function userInfo(employeeNo: unknown, more: Record<string, unknown> = {}): { UserInfo: object } {
  return {
    UserInfo: {
      employeeNo,
      name: 'Person One',
      userType: 'normal',
      Valid: {
        enable: true,
        beginTime: '2020-01-01T00:00:00',
        endTime: '2037-12-31T23:59:59',
        timeType: 'local',
      },
      doorRight: '1',
      RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
      ...more,
    },
  };
}

/** The condition of a person search. */
export function searchFor(more: Record<string, unknown> = {}): { UserInfoSearchCond: object } {
  return { UserInfoSearchCond: { searchID: '1', searchResultPosition: 0, maxResults: 30, ...more } };
}

/** The flat JSON of a face write; `faceURL` for form A. */
export function faceOf(FPID: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { faceLibType: 'blackFD', FDID: '1', FPID, ...more };
}

/** Form B: the JSON first, then the picture. */
export function faceUpload(
  FPID: string,
  picture: Buffer,
  more: Record<string, unknown> = {},
): [body: Buffer, contentType: string] {
  const { body, contentType } = multipart([
    { name: 'FaceDataRecord', type: 'application/json', data: JSON.stringify(faceOf(FPID, more)) },
    { name: 'img', filename: `${FPID}.jpg`, type: 'image/jpeg', data: picture },
  ]);
  return [body, contentType];
}
