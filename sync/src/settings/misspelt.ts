/** How far a name may be from ours: the shorter ours is, the closer unrelated variables are (PORT, SORT). */
const allowedDistance = ({ length }: string): number => (length >= 8 ? 2 : length >= 6 ? 1 : 0);

/** Levenshtein distance, given up (Infinity) as soon as it must exceed `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > limit) return Infinity;
    row = next;
  }
  return row[b.length] ?? Infinity;
}

/**
 * Warnings for variables that look like one of ours written wrong: they would otherwise be ignored in silence, and
 * the default would hold.
 */
export function findMisspelt(present: Iterable<string>, known: readonly string[]): string[] {
  const names = new Set(known);
  const warnings: string[] = [];
  for (const name of present) {
    if (names.has(name)) continue;
    const likely = known.find((candidate) => {
      const allowed = allowedDistance(candidate);
      return allowed > 0 && editDistance(name.toUpperCase(), candidate, allowed) <= allowed;
    });
    if (likely !== undefined) warnings.push(`${name} is no setting and is ignored. Did you mean ${likely}?`);
  }
  return warnings;
}
