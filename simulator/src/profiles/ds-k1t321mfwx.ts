import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const BRIDGE = 'bridge to a DS-K1T321MFWX';

export const dsK1t321mfwx = deriveProfile(generic, {
  name: 'ds-k1t321mfwx',
  title: 'DS-K1T321MFWX, firmware V3.9.20',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T321MFWX', BRIDGE),
    firmwareVersion: observed('V3.9.20', 'nonces measured on a DS-K1T321MFWX'),
    firmwareReleasedDate: assumed('build 230525', 'not recorded'),
    faceSetUpNeedsEmployeeNo: observed(true, `${BRIDGE}: MessageParametersLack without; others send none`),
    faceUrlMaxLength: observed(1024, BRIDGE),
    nonceRefusal: observed('stale-true', 'nonces measured on a DS-K1T321MFWX'),
  },
});
