import type { Random } from './random.ts';

/**
 * How long to wait before the nth try (1: the first repetition): doubled each time, up to `maxMs`, and spread over
 * half to one and a half of that, so that what failed together does not come back together.
 */
export function backoffMs(nth: number, baseMs: number, maxMs: number, random: Random): number {
  const middle = Math.min(maxMs, baseMs * 2 ** (nth - 1));
  return Math.round(middle * (0.5 + random()));
}
