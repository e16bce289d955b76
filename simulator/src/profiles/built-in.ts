import { dsK1a340 } from './ds-k1a340.ts';
import { dsK1t320mfwx } from './ds-k1t320mfwx.ts';
import { dsK1t321mfwx } from './ds-k1t321mfwx.ts';
import { dsK1t341am } from './ds-k1t341am.ts';
import { dsK1t341amf } from './ds-k1t341amf.ts';
import { dsK1t341cmf } from './ds-k1t341cmf.ts';
import { dsK1t342mfwx } from './ds-k1t342mfwx.ts';
import { dsK1t343efwx } from './ds-k1t343efwx.ts';
import { dsK1t671m } from './ds-k1t671m.ts';
import { dsK1t672mx } from './ds-k1t672mx.ts';
import { dsK1t673dx } from './ds-k1t673dx.ts';
import { dsK1t804amf } from './ds-k1t804amf.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** Every profile that comes with the simulator, by name. */
export const builtInProfiles: ReadonlyMap<string, Profile> = new Map(
  [
    generic,
    dsK1t320mfwx,
    dsK1t321mfwx,
    dsK1t341cmf,
    dsK1t341am,
    dsK1t341amf,
    dsK1t342mfwx,
    dsK1t343efwx,
    dsK1t671m,
    dsK1t672mx,
    dsK1t673dx,
    dsK1t804amf,
    dsK1a340,
  ].map((profile) => [profile.name, profile]),
);
