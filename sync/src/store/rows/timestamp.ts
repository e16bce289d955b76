const FORM = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d(?::?\d\d)?)$/;

const zone = (text: string): string => {
  if (text === 'Z') return text;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  return `${text.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
};

/**
 * Milliseconds since the epoch, microseconds as its fraction: `2026-01-02T03:04:05.123456+00:00` as hosted Supabase
 * writes it, or `2026-01-02 03:04:05.123456+00` as the embedded one does. Null for null and for the infinities.
 * @throws TypeError for anything else: it would be a column of another type.
 */
export function timestampToMs(text: string | null): number | null {
  if (text === null || text === 'infinity' || text === '-infinity') return null;
  const [, day, time, fraction = '', offset] = FORM.exec(text) ?? [];
  if (day === undefined || time === undefined || offset === undefined)
    throw new TypeError(`${JSON.stringify(text)} is no timestamp with time zone of the database.`);
  const seconds = Date.parse(`${day}T${time}${zone(offset)}`);
  return seconds + Number(fraction.padEnd(6, '0')) / 1000;
}

/** The way back, to the microsecond. */
export function msToTimestamp(ms: number | null): string | null {
  if (ms === null) return null;
  const micros = Math.round((ms - Math.floor(ms)) * 1000);
  const text = new Date(Math.floor(ms)).toISOString();
  return micros === 0 || micros === 1000 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
