import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const CAPTURE = 'DS-K1T341CMFW V3.3.8 captures';

export const dsK1t341cmf = deriveProfile(generic, {
  name: 'ds-k1t341cmf',
  title: 'DS-K1T341CMF, firmware V3.3.8',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T341CMFW', CAPTURE),
    firmwareVersion: observed('V3.3.8', CAPTURE),
    firmwareReleasedDate: assumed('build 220620', 'not recorded'),
    employeeNoMaxBytes: observed(32, `${CAPTURE}: a UUID is refused`),
    xmlVersion: observed('1.0', CAPTURE),
    xmlNamespace: observed('http://www.hikvision.com/ver10/XMLSchema', CAPTURE),
    httpHostSlots: observed(2, `${CAPTURE}: a second slot must be cleared`),
    notificationKeys: assumed(
      [
        'macAddress',
        'channelID',
        'cardType',
        'doorNo',
        'verifyNo',
        'currentVerifyMode',
        'attendanceStatus',
        'label',
        'statusValue',
        'mask',
        'purePwdVerifyEnable',
      ],
      "a webhook's log of a model that frames its pushes as this one",
    ),
    httpHostsWrites: observed('list-loses-address', `${CAPTURE}: PUT of the whole list drops the address`),
    pushPartTyped: assumed(false, 'DS-K1T341C V3.3.5 sends the part without'),
  },
});
