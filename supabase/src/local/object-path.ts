import { join } from 'node:path';

/** Longest file name of common file systems, less room for a suffix. */
const MAX_NAME_LENGTH = 230;

/** An object key that must not become a file. */
export class ObjectKeyError extends Error {
  override readonly name = 'ObjectKeyError';
}

/**
 * The file of an object: one flat, encoded name per key, so that no key reaches out of its bucket's folder and the
 * keys `a` and `a/b` do not get in each other's way. Throws `ObjectKeyError`.
 */
export function objectPath(root: string, bucket: string, key: string): string {
  return join(root, safeName(bucket, 'bucket'), safeName(key, 'object key'));
}

function safeName(text: string, what: string): string {
  const segments = text.split(/[\\/]/);
  if (
    text === '' ||
    text.includes('\0') ||
    segments.some((part) => part === '' || part === '.' || part === '..')
  ) {
    throw new ObjectKeyError(
      `The ${what} ${JSON.stringify(text.slice(0, 100))} is refused: empty parts, "." and ".." are not allowed.`,
    );
  }
  const name = encode(text, what);
  if (name.length > MAX_NAME_LENGTH) {
    throw new ObjectKeyError(
      `The ${what} is too long: ${name.length} of at most ${MAX_NAME_LENGTH} characters.`,
    );
  }
  return name;
}

/** Text that is no valid Unicode has no encoding. */
function encode(text: string, what: string): string {
  try {
    return encodeURIComponent(text);
  } catch (cause) {
    throw new ObjectKeyError(`The ${what} is no valid Unicode.`, { cause });
  }
}
