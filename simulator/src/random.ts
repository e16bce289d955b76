/** A seeded source: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, limit). */
  int(limit: number): number;
  /** Lower-case hexadecimal text of `length` characters. */
  hex(length: number): string;
  /** An own sequence for a part, so that drawing more in one place does not shift the numbers of another. */
  fork(label: string): Random;
}

/** SplitMix32 over a 32-bit state: small, quick and good enough for faults and identifiers; not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next32 = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return {
    next: () => next32() / 2 ** 32,
    int: (limit) => Math.floor((next32() / 2 ** 32) * limit),
    hex: (length) => {
      let text = '';
      while (text.length < length) text += next32().toString(16).padStart(8, '0');
      return text.slice(0, length);
    },
    fork: (label) => {
      let hash = 0x811c9dc5;
      for (let index = 0; index < label.length; index += 1)
        hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193);
      return seededRandom((seed ^ hash) >>> 0);
    },
  };
}
