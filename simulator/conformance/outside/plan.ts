import {
  DELETE,
  FACE_RECORD,
  FACE_SEARCH,
  faceOf,
  RECORD,
  SEARCH,
  searchFor,
  userInfo,
} from '../../src/isapi/testing/requests.ts';

export interface OutsideCall {
  step: string;
  method: string;
  target: string;
  json?: object;
  /** Path of a JPEG that is sent along, as multipart. */
  picture?: string;
  password?: string;
}

export interface OutsidePlan {
  url: string;
  username: string;
  password: string;
  calls: OutsideCall[];
}

export interface OutsideResult {
  step: string;
  status: number;
  body: string;
}

const asJson = '?format=json';

/** What an integration does on its first day: person, face both ways, look, remove, and a mistyped password. */
export function firstDay(options: {
  device: { url: string; username: string; password: string };
  photoUrl: string;
  photoFile: string;
}): OutsidePlan {
  const { url, username, password } = options.device;
  const post = (step: string, path: string, json: object) => ({
    step,
    method: 'POST',
    target: path + asJson,
    json,
  });
  return {
    url,
    username,
    password,
    calls: [
      post('person', RECORD, userInfo('1000', { name: 'Țurcanu Ștefan' })),
      post('person again', RECORD, userInfo('1000')),
      post('second person', RECORD, userInfo('1001')),
      post('face by url', FACE_RECORD, faceOf('1000', { faceURL: options.photoUrl })),
      { ...post('face by upload', FACE_RECORD, faceOf('1001')), picture: options.photoFile },
      post('search', SEARCH, searchFor()),
      post('face search', FACE_SEARCH, faceOf('1001', { searchResultPosition: 0, maxResults: 1 })),
      {
        step: 'delete',
        method: 'PUT',
        target: DELETE + asJson,
        json: { UserInfoDelCond: { EmployeeNoList: [{ employeeNo: '1001' }] } },
      },
      { ...post('wrong password', RECORD, userInfo('1002')), password: 'wrong' },
      { step: 'device', method: 'GET', target: '/ISAPI/System/deviceInfo' },
    ],
  };
}
