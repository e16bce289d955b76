/** A time zone as the device writes it. */
export interface PosixZone {
  /** Minutes east of Greenwich in winter. */
  standardMinutes: number;
  summer: { addedMinutes: number; begin: ChangeRule; end: ChangeRule } | null;
}

/** `M3.5.0/03:00:00`: month, week (5 = last), weekday (0 = Sunday), minutes after midnight on the clock in force. */
interface ChangeRule {
  month: number;
  week: number;
  weekday: number;
  minutes: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MAX_OFFSET_MINUTES = 14 * 60;
const RULE = String.raw`M(\d{1,2})\.(\d)\.(\d)/(\d{1,2}):(\d{2}):\d{2}`;
const ZONE = new RegExp(
  String.raw`^[A-Za-z]{1,10}([+-])(\d{1,2}):(\d{2}):\d{2}(?:DST(\d{2}):(\d{2}):\d{2},${RULE},${RULE})?$`,
);

/**
 * Reads `CST-3:00:00` or `CST-2:00:00DST01:00:00,M3.5.0/03:00:00,M10.5.0/04:00:00`; null when it is neither. The sign
 * is inverted as in POSIX: `CST-3` is three hours **east** [K1A340, observed].
 */
export function parsePosixZone(text: string): PosixZone | null {
  const found = ZONE.exec(text);
  if (!found) return null;
  const numbers = found.slice(2).map(Number);
  const [hours = 0, minutes = 0, summerHours = 0, summerMinutes = 0] = numbers;
  const size = hours * 60 + minutes;
  if (size > MAX_OFFSET_MINUTES || minutes > 59) return null;
  const standardMinutes = found[1] === '-' ? size : 0 - size;
  if (found[4] === undefined) return { standardMinutes, summer: null };
  const begin = changeRule(numbers.slice(4, 9));
  const end = changeRule(numbers.slice(9, 14));
  if (!begin || !end) return null;
  return { standardMinutes, summer: { addedMinutes: summerHours * 60 + summerMinutes, begin, end } };
}

/** Minutes east of Greenwich that are in force at `ms`. */
export function offsetMinutesAt(zone: PosixZone, ms: number): number {
  const { standardMinutes, summer } = zone;
  if (!summer) return standardMinutes;
  const year = new Date(ms + standardMinutes * MINUTE_MS).getUTCFullYear();
  const summerMinutes = standardMinutes + summer.addedMinutes;
  const begin = changeOf(year, summer.begin) - standardMinutes * MINUTE_MS;
  const end = changeOf(year, summer.end) - summerMinutes * MINUTE_MS;
  const inSummer = begin <= end ? ms >= begin && ms < end : ms >= begin || ms < end;
  return inSummer ? summerMinutes : standardMinutes;
}

function changeRule(numbers: number[]): ChangeRule | null {
  const [month = 0, week = 0, weekday = 0, hours = 0, minutes = 0] = numbers;
  if (month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6 || hours > 24 || minutes > 59)
    return null;
  return { month, week, weekday, minutes: hours * 60 + minutes };
}

/** The moment of a rule in a year, read as if the wall clock were UTC. */
function changeOf(year: number, rule: ChangeRule): number {
  const first = Date.UTC(year, rule.month - 1, 1);
  const last = Date.UTC(year, rule.month, 0);
  const untilWeekday = (rule.weekday - new Date(first).getUTCDay() + 7) % 7;
  let day = first + (untilWeekday + (rule.week - 1) * 7) * DAY_MS;
  if (day > last) day -= 7 * DAY_MS;
  return day + rule.minutes * MINUTE_MS;
}
