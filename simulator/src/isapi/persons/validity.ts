import type { Traits } from '../../profiles/traits.ts';
import type { Validity } from '../../terminal/persons.ts';
import { optionalString, requireBoolean, requireString, type JsonObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:Z|[+-]\d{2}:\d{2})?$/;

/**
 * A person's `Valid`. Dates outside the model's range are badJsonContent naming both of them [seen by intercom
 * clients]; an end before the beginning has a code of its own.
 */
export function readValidity(valid: JsonObject, traits: Traits): Validity {
  const enable = requireBoolean(valid, 'enable');
  const beginTime = requireString(valid, 'beginTime');
  const endTime = requireString(valid, 'endTime');
  const timeType = optionalString(valid, 'timeType') ?? 'local';
  if (timeType !== 'local' && timeType !== 'UTC') throw new Refusal('badJsonContent', 'timeType');
  const begin = wallClock(beginTime, 'beginTime');
  const end = wallClock(endTime, 'endTime');
  if (begin < traits.validFrom || end > traits.validTo || end < traits.validFrom || begin > traits.validTo)
    throw new Refusal('badJsonContent', 'beginTime and endTime');
  if (end < begin) throw new Refusal('endtimeEarlierThanBegintime', 'endTime');
  return { enable, beginTime, endTime, timeType };
}

/** What a person without `Valid` gets: the whole range of the model. */
export function wholeValidity(traits: Traits): Validity {
  return { enable: true, beginTime: traits.validFrom, endTime: traits.validTo, timeType: 'local' };
}

/** Moments that were right before: a whole company has the same few. */
const known = new Map<string, string>();
const MAX_KNOWN = 256;

/** The date and time as written, without offset; text of this form compares as time does. */
function wallClock(text: string, key: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const wall = MOMENT.exec(text)?.[1];
  if (wall === undefined) throw new Refusal('badJsonContent', key);
  const parsed = new Date(`${wall}Z`);
  // 2025-02-30 is read as the 2nd of March: a day that does not exist is refused.
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 19) !== wall)
    throw new Refusal('badJsonContent', key);
  if (known.size < MAX_KNOWN) known.set(text, wall);
  return wall;
}
