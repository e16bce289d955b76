import { assumed, type ProfileTraits } from './profile.ts';

/** Modelling times of the named models. The generic one is quicker, for the sake of tests. */
export const cameraPace: Pick<ProfileTraits, 'modellingMinMs' | 'modellingMaxMs'> = {
  modellingMinMs: assumed(500, 'plausible; nobody publishes a figure'),
  modellingMaxMs: assumed(3000, 'plausible; nobody publishes a figure'),
};
