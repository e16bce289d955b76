const MAX_SHOWN = 60;

/** A value as it stands in a message: short, never a whole document, and without its secrets. */
export function shownValue(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value, masked);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}…` : text;
}

function isSecret(key: string): boolean {
  return key.toLowerCase().includes('password');
}

function masked(key: string, value: unknown): unknown {
  return isSecret(key) ? '***' : value;
}

/** What stands at a place of a document, for a message; null where it is a secret. */
export function givenAt(document: unknown, path: readonly PropertyKey[]): string | null {
  if (path.some((key) => isSecret(String(key)))) return null;
  const value = path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    document,
  );
  return shownValue(value);
}
