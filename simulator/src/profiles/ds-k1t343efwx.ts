import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const CAPTURE = 'browser captures of a DS-K1T343EFWX';

export const dsK1t343efwx = deriveProfile(generic, {
  name: 'ds-k1t343efwx',
  title: 'DS-K1T343EFWX',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T343EFWX', CAPTURE),
    firmwareVersion: assumed('V3.12.0', 'not recorded'),
    firmwareReleasedDate: assumed('build 230410', 'not recorded'),
    faceUrls: observed('own-only', `${CAPTURE}: any other address is urlDownloadFail`),
    downloadFailureCode: observed('urlDownloadFail', CAPTURE),
    rightPlanRequired: observed(false, `${CAPTURE}: persons are created without`),
  },
});
