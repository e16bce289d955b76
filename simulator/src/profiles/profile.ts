import type { Traits } from './traits.ts';

/** One trait of a model: what it is, how sure that is, and who says so. */
export interface TraitFact<Value> {
  value: Value;
  /** `observed`: seen on such a device, or stated by the vendor for it. `assumed`: inferred, borrowed or guessed. */
  evidence: 'observed' | 'assumed';
  source: string;
}

export type ProfileTraits = { [Key in keyof Traits]: TraitFact<Traits[Key]> };

/** A model with a firmware, as data. */
export interface Profile {
  /** As it is asked for: `ds-k1t342mfwx`. */
  name: string;
  title: string;
  traits: ProfileTraits;
}

export function observed<Value>(value: Value, source: string): TraitFact<Value> {
  return { value, evidence: 'observed', source };
}

export function assumed<Value>(value: Value, source: string): TraitFact<Value> {
  return { value, evidence: 'assumed', source };
}

/**
 * A profile that differs from another one in some traits. What it takes over is assumed for this model, whatever it was
 * for the other.
 */
export function deriveProfile(
  base: Profile,
  own: { name: string; title: string; traits: Partial<ProfileTraits> },
): Profile {
  const inherited = Object.fromEntries(
    Object.entries(base.traits).map(([trait, fact]) => [trait, assumed(fact.value, `as ${base.name}`)]),
  ) as ProfileTraits;
  return { name: own.name, title: own.title, traits: { ...inherited, ...own.traits } };
}

/** The plain values a terminal is made of, single ones replaced by `overrides`. */
export function traitsOf(profile: Profile, overrides: Partial<Traits> = {}): Traits {
  const values = Object.fromEntries(
    Object.entries(profile.traits).map(([trait, fact]) => [trait, structuredClone(fact.value)]),
  ) as unknown as Traits;
  return { ...values, ...overrides };
}
