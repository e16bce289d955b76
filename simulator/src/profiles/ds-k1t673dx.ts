import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const CAPTURE = 'DS-K1T673DX-BR V3.18.0 packet capture';
const APP = 'event app with two DS-K1T673DX-BR';

export const dsK1t673dx = deriveProfile(generic, {
  name: 'ds-k1t673dx',
  title: 'DS-K1T673DX-BR, firmware V3.18.0',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T673DX-BR', CAPTURE),
    firmwareVersion: observed('V3.18.0', CAPTURE),
    firmwareReleasedDate: observed('build 240206', CAPTURE),
    subDeviceType: observed('accessControlTerminal', CAPTURE),
    maxPersons: observed(50_000, `${CAPTURE}; the data sheet says 10000`),
    maxFaces: assumed(50_000, 'as many as persons'),
    photoMaxBytes: observed(200 * 1024, `${APP}: 134.3 KB pass, 201.2 KB never`),
    overlongPhotoAnswer: observed({ subStatusCode: 'badJsonContent', errorMsg: 'faceURL' }, APP),
    personSetUp: observed('yes', CAPTURE),
    personSearch: observed('yes', CAPTURE),
    faceDelete: observed('fd-search-delete', CAPTURE),
    httpHostSlots: observed(2, CAPTURE),
    httpHostsWrites: observed('kept', CAPTURE),
    eventRecordKeys: assumed(['picturesNumber'], `${APP}: in its pushes`),
    notificationKeys: observed(
      [
        'ipv6Address',
        'macAddress',
        'channelID',
        'shortSerialNumber',
        'currentVerifyMode',
        'label',
        'mask',
        'helmet',
        'picturesNumber',
        'purePwdVerifyEnable',
      ],
      APP,
    ),
    serverHeader: assumed('webserver', `${CAPTURE}: there is one, its value was not recorded`),
    browserHeaders: observed('sent', CAPTURE),
    pushPartName: observed('event_log', CAPTURE),
    pushPartTyped: assumed(true, 'only DS-K1T341C was seen without'),
    firstHeartbeat: observed('after-period', CAPTURE),
    capabilitiesMislabelled: observed(true, CAPTURE),
  },
});
