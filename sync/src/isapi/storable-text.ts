/** Longer than any name, number or sentence of a terminal. */
const MAX_CHARS = 500;

/**
 * A text of a device as the database takes it: some firmware pads its fields with NUL, which Postgres refuses, as it
 * does half of a character; and nothing says how long such a text may be.
 */
export function storableText(text: string, maxChars = MAX_CHARS): string {
  const shown = text.replaceAll(/\p{Cc}+/gu, '');
  const kept = shown.length > maxChars ? `${shown.slice(0, maxChars - 1)}…` : shown;
  return kept.replaceAll(/\p{Cs}/gu, '\ufffd');
}
