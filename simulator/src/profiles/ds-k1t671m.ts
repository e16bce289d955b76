import { cameraPace } from './camera-pace.ts';
import { generic } from './generic.ts';
import { assumed, deriveProfile, observed } from './profile.ts';

export const dsK1t671m = deriveProfile(generic, {
  name: 'ds-k1t671m',
  title: 'DS-K1T671M',
  traits: {
    ...cameraPace,
    model: observed('DS-K1T671M', 'clients of this model'),
    firmwareVersion: assumed('V3.2.30', 'not recorded'),
    firmwareReleasedDate: assumed('build 210412', 'not recorded'),
    maxPersons: observed(10_000, 'clients: 3000 to 10000, by firmware'),
    maxFaces: assumed(10_000, 'as many as persons'),
    personFields: assumed(
      ['onlyVerify', 'numOfCard', 'numOfRemoteControl', 'numOfFace', 'PersonInfoExtends'],
      'a recorded answer, model not named',
    ),
    infraredLibrary: assumed(true, 'dual-lens unit'),
  },
});
