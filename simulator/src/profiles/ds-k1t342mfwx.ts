import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const CLIENT = 'ERP client verified on DS-K1T342MFWX-E1 V3.16.1';
const LIMITS = 'limits read from DS-K1T342MFX-E1 V4.38.0';

export const dsK1t342mfwx = deriveProfile(generic, {
  name: 'ds-k1t342mfwx',
  title: 'DS-K1T342MFWX-E1, firmware V3.16.1',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T342MFWX-E1', CLIENT),
    firmwareVersion: observed('V3.16.1', CLIENT),
    firmwareReleasedDate: assumed('build 230815', 'not recorded'),
    maxPersons: observed(1500, LIMITS),
    maxFaces: assumed(1500, LIMITS),
    searchPageMax: observed(30, LIMITS),
    overPageMax: observed('refuse', CLIENT),
    pinMinDigits: observed(4, LIMITS),
    pinMaxDigits: observed(8, LIMITS),
    photoMaxBytes: observed(200 * 1024, LIMITS),
    photoMinSidePx: observed(80, LIMITS),
    personSetUp: assumed('yes', 'the client uses Record and Modify'),
    batchPutMaxPersons: observed(16, LIMITS),
    infraredLibrary: observed(true, `${CLIENT}: GET FDLib lists blackFD and infraredFD`),
    faceSetUp: observed('yes', `${CLIENT}: keeps the old face when the new one fails`),
    faceSetUpNeedsEmployeeNo: observed(false, CLIENT),
    faceSearch: observed('yes', CLIENT),
    httpHostSlots: observed(2, LIMITS),
  },
});
