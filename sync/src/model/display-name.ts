/** The name columns of `angajati` as they are: any of them may be missing or blank. */
export interface NameParts {
  /** `nume` */
  lastName: string | null;
  /** `prenume` */
  firstName: string | null;
  /** `nume_complet` */
  fullName: string | null;
}

const tidy = (text: string | null): string => (text ?? '').trim().replace(/\s+/gu, ' ');

/**
 * What the device shows: last name, a space, first name; the full name when either is missing or blank, and
 * whichever part there is when that is blank too. Empty only when nothing is known.
 */
export function displayName(parts: NameParts): string {
  const lastName = tidy(parts.lastName);
  const firstName = tidy(parts.firstName);
  if (lastName !== '' && firstName !== '') return `${lastName} ${firstName}`;
  const fullName = tidy(parts.fullName);
  return fullName === '' ? `${lastName}${firstName}` : fullName;
}

/** Largest name a terminal takes, in UTF-8 bytes [K1A340: UserInfo/capabilities, name 0..128]. */
export const MAX_NAME_BYTES = 128;

/** The longest beginning of `name` that fits in `maxBytes` of UTF-8; never cuts a character in two. */
export function fitName(name: string, maxBytes: number = MAX_NAME_BYTES): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  let kept = '';
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept.trimEnd();
}
