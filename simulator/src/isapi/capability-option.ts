import type { Traits } from '../profiles/traits.ts';

/** A list of allowed values in a JSON capability: older firmware writes one text with commas, newer an array [observed]. */
export function optionOf(
  traits: Pick<Traits, 'capabilityOptStyle'>,
  values: readonly (string | number | boolean)[],
): { '@opt': string | readonly (string | number | boolean)[] } {
  return { '@opt': traits.capabilityOptStyle === 'array' ? values : values.join(',') };
}
