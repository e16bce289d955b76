import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const PROBE = 'DS-K1A340FWX V1.2.7 probe';

export const dsK1a340 = deriveProfile(generic, {
  name: 'ds-k1a340',
  title: 'DS-K1A340FWX, firmware V1.2.7',
  traits: {
    ...cameraPace,
    model: observed('DS-K1A340FWX', PROBE),
    firmwareVersion: observed('V1.2.7', PROBE),
    firmwareReleasedDate: observed('build 240102', PROBE),
    deviceName: observed('Time and Attendance Terminal', PROBE),
    subDeviceType: observed(null, PROBE),
    maxPersons: observed(1500, PROBE),
    employeeNoMaxBytes: observed(32, PROBE),
    nameMaxBytes: observed(128, PROBE),
    userTypes: observed(['normal'], PROBE),
    searchPageMax: observed(30, PROBE),
    deleteListMax: observed(30, PROBE),
    pinMinDigits: observed(1, PROBE),
    pinMaxDigits: observed(8, PROBE),
    validFrom: observed('2000-01-01T00:00:00', PROBE),
    validTo: observed('2037-12-31T23:59:59', PROBE),
    personCountDetail: observed('user-number-only', PROBE),
    personFields: observed(
      [
        'numOfCard',
        'numOfFP',
        'numOfFace',
        'roomNumber',
        'floorNumber',
        'groupId',
        'localAtndPlanTemplateId',
      ],
      PROBE,
    ),
    faceLibrary: observed(false, `${PROBE}: 404 everywhere, though capabilities claim it`),
    alertStreamReplay: observed(true, PROBE),
    heartbeat: observed('videoloss', PROBE),
    firstHeartbeat: assumed('at-once', `${PROBE}: the noted stream begins with one`),
    httpHostsWrites: observed('url-not-kept', PROBE),
    systemStatus: observed('not-found', PROBE),
    notSupportStatus: observed(200, PROBE),
    capabilityOptStyle: observed('comma-string', PROBE),
    wrongMethod: observed('not-found', `${PROBE}: GET UserInfo/Search is 404`),
    nonceLifeMs: assumed(3000, 'DS-K1A340WX: searches are cut after some seconds, 14 times in 49 s'),
    nonceLifeSpreadMs: assumed(500, 'DS-K1A340WX: 14 cuts in 49 s'),
    lockAfter: observed(5, PROBE),
    lockSeconds: observed(1800, PROBE),
    unauthorizedBody: observed('full', PROBE),
  },
});
