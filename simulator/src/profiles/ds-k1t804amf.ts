import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

const MEASURED = 'nonces measured on DS-K1T804AMF V1.4.0';

export const dsK1t804amf = deriveProfile(generic, {
  name: 'ds-k1t804amf',
  title: 'DS-K1T804AMF, firmware V1.4.0',
  traits: {
    model: observed('DS-K1T804AMF', MEASURED),
    firmwareVersion: observed('V1.4.0', MEASURED),
    firmwareReleasedDate: assumed('build 200115', 'not recorded'),
    subDeviceType: assumed(null, 'older firmware'),
    nonceLifeMs: observed(3000, `${MEASURED}: 3 to 4 s`),
    nonceLifeSpreadMs: observed(1000, `${MEASURED}: 3 to 4 s`),
    nonceRefusal: observed('counts-as-failure', `${MEASURED}: the counter went 5, 4, 3`),
    successResetsCounter: assumed(
      false,
      `${MEASURED}: good logins in between did not help; sources disagree`,
    ),
    faceLibrary: assumed(false, 'fingerprint and card terminal'),
  },
});
