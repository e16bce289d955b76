import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const PROBE = 'DS-K1T341AM V3.2.30 probe';
const REPLICA = 'client that says it copies the real panel';

export const dsK1t341am = deriveProfile(generic, {
  name: 'ds-k1t341am',
  title: 'DS-K1T341AM, firmware V3.2.30',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T341AM', PROBE),
    firmwareVersion: observed('V3.2.30', PROBE),
    firmwareReleasedDate: assumed('build 210609', 'not recorded'),
    alertStream: observed('not-found', PROBE),
    systemStatus: observed('not-found', PROBE),
    doorCapabilities: observed('method-not-allowed', PROBE),
    wrongMethod: observed('method-not-allowed', PROBE),
    nonceUse: assumed('once', REPLICA),
    nonceRefusal: assumed('new-nonce-without-stale', REPLICA),
  },
});
