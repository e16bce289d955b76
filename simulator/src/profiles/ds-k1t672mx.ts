import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const STORE = 'client verified in a store on DS-K1T672MX 3.18';

export const dsK1t672mx = deriveProfile(generic, {
  name: 'ds-k1t672mx',
  title: 'DS-K1T672MX, firmware V3.18',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T672MX', STORE),
    firmwareVersion: observed('V3.18.0', STORE),
    firmwareReleasedDate: assumed('build 240206', 'as DS-K1T673DX-BR'),
    nameMaxBytes: assumed(32, `${STORE}: it cuts names there`),
    personSearch: observed('not-found', STORE),
    faceSetUp: observed('not-found', `${STORE}: 404 or 405`),
  },
});
