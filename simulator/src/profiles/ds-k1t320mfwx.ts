import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const NOTES = 'notes on a DS-K1T320MFWX';

export const dsK1t320mfwx = deriveProfile(generic, {
  name: 'ds-k1t320mfwx',
  title: 'DS-K1T320MFWX',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T320MFWX', NOTES),
    firmwareVersion: assumed('V3.5.0', 'not recorded'),
    firmwareReleasedDate: assumed('build 230317', 'not recorded'),
    eventTimesNeedOffset: observed(true, NOTES),
    eventRecordKeys: observed(['type'], `${NOTES}: a recorded check-out`),
  },
});
