import type { DeviceSpec, FleetOptions } from '../fleet-types.ts';
import { traitsOf } from '../profiles/profile.ts';
import { checkTraits, readProfile } from '../profiles/read-profile.ts';
import type { Traits } from '../profiles/traits.ts';

/** Traits by profile and overrides: a thousand terminals of one kind share one object, which nobody changes. */
export class ProfileShelf {
  readonly #fleetTraits: Partial<Traits>;
  readonly #known = new Map<string, Readonly<Traits>>();

  /** @throws ProfileError when the fleet's own `traits` are wrong */
  constructor(options: Pick<FleetOptions, 'traits'>) {
    this.#fleetTraits = checkTraits({ ...options.traits }, 'traits of the fleet');
  }

  /** @throws ProfileError for an unknown profile, an unreadable file or a wrong trait */
  traitsFor(spec: Pick<DeviceSpec, 'traits'> & { id: string; profile: string }): Readonly<Traits> {
    const key = `${spec.profile} ${spec.traits ? JSON.stringify(spec.traits) : ''}`;
    const known = this.#known.get(key);
    if (known) return known;
    const own = checkTraits({ ...spec.traits }, `traits of device ${spec.id}`);
    const traits = traitsOf(readProfile(spec.profile), { ...this.#fleetTraits, ...own });
    this.#known.set(key, Object.freeze(traits));
    return traits;
  }
}
