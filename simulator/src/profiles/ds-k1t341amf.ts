import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const HELPER = 'enrolment helper written against DS-K1T341AMF';

export const dsK1t341amf = deriveProfile(generic, {
  name: 'ds-k1t341amf',
  title: 'DS-K1T341AMF',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T341AMF', HELPER),
    firmwareVersion: assumed('V3.2.30', 'as DS-K1T341AM'),
    firmwareReleasedDate: assumed('build 210609', 'not recorded'),
    faceDelete: observed('fd-delete', `${HELPER}: the body of FDSearch/Delete is refused with statusCode 6`),
  },
});
