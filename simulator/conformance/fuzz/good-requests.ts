import type { Endpoint } from '../../src/isapi/endpoint.ts';
import { faceOf, faceUpload, searchFor, userInfo } from '../../src/isapi/testing/requests.ts';
import type { FuzzRequest } from './mutate.ts';

const EMPLOYEE = '1000';
const ids = { EmployeeNoList: [{ employeeNo: EMPLOYEE }] };
const card = { CardInfo: { employeeNo: EMPLOYEE, cardNo: '0001234567', cardType: 'normalCard' } };

/** A body that the endpoint would accept, or nearly: from here the mutations go. */
const bodies: Record<string, object | string> = {
  'person-record': userInfo(EMPLOYEE),
  'person-modify': userInfo(EMPLOYEE, { name: 'B' }),
  'person-setup': userInfo(EMPLOYEE),
  'person-search': searchFor(),
  'person-delete': { UserInfoDelCond: ids },
  'person-detail-delete': { UserInfoDetail: { mode: 'byEmployeeNo', ...ids } },
  'fingerprint-delete': { FingerPrintDelete: { mode: 'byEmployeeNo' } },
  'face-record': faceOf(EMPLOYEE, { faceURL: 'http://127.0.0.1:1/face.jpg' }),
  'face-setup': faceOf(EMPLOYEE, { faceURL: 'http://127.0.0.1:1/face.jpg' }),
  'face-search': faceOf(EMPLOYEE, { searchResultPosition: 0, maxResults: 30 }),
  'face-search-delete': { FPID: [{ value: EMPLOYEE }] },
  'card-record': card,
  'card-modify': card,
  'card-set-up': card,
  'card-search': { CardInfoSearchCond: { searchID: '1', searchResultPosition: 0, maxResults: 30 } },
  'card-delete': { CardInfoDelCond: ids },
  'event-search': {
    AcsEventCond: { searchID: '1', searchResultPosition: 0, maxResults: 30, major: 0, minor: 0 },
  },
  'event-total-num': { AcsEventTotalNumCond: { major: 0, minor: 0 } },
  'remote-check': { RemoteCheck: { serialNo: 1, checkResult: 'success', info: '' } },
  'remote-control-door': '<RemoteControlDoor version="2.0"><cmd>open</cmd></RemoteControlDoor>',
  'system-time-put': '<Time><timeMode>manual</timeMode><localTime>2026-01-01T00:00:00</localTime></Time>',
  'illegal-login-lock-put': '<IllegalLoginLock><enabled>true</enabled></IllegalLoginLock>',
};

/** One request per endpoint, and uploads for those that take pictures. */
export function goodRequests(endpoints: readonly Endpoint[], picture: Buffer): FuzzRequest[] {
  return endpoints.flatMap((endpoint) => {
    const target = `${endpoint.path.replace(/\{[^}]+\}/g, '1')}?format=json`;
    const body = bodies[endpoint.name] ?? (endpoint.method === 'GET' ? '' : '{}');
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = text.startsWith('<') ? 'application/xml' : 'application/json';
    const plain: FuzzRequest = {
      method: endpoint.method,
      target,
      headers: [['Content-Type', type]],
      body: Buffer.from(text),
    };
    if (!/^face-(record|setup|modify)$/.test(endpoint.name)) return [plain];
    const [bytes, contentType] = faceUpload(EMPLOYEE, picture);
    return [plain, { ...plain, headers: [['Content-Type', contentType]], body: bytes }];
  });
}
