const ZERO = 48;
const MAX_DIGITS = 7;

/** The number that an id is, as long as writing the number gives the id back: `1000`, not `007` or `A1`. Else -1. */
export function plainNumber(id: string): number {
  const { length } = id;
  if (length === 0 || length > MAX_DIGITS || (length > 1 && id.charCodeAt(0) === ZERO)) return -1;
  let number = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = id.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}
