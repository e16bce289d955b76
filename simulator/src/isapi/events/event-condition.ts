import type { Traits } from '../../profiles/traits.ts';
import type { EventCondition } from '../../terminal/event-record.ts';
import { optionalInteger, optionalString, requireInteger, type JsonObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

/** [observed] 4294967295 is refused, 3000000000 is the cap. */
export const MAX_SERIAL_NO = 3_000_000_000;
/** [K1A340, observed] in the capabilities. */
export const MAX_POSITION = 300_000;
export const MAJORS: readonly number[] = [0, 1, 2, 3, 5];
const MAX_MINOR = 0xffff;

/** Seconds and an offset in hours and minutes; milliseconds and `Z` are refused [K1T320, observed]. */
const TIME_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;
const TIME_WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/**
 * What an event search asks for. `major` and `minor` are required, 0 means all; a beginning serial number needs an end
 * [K1A340, observed]. `picEnable` excludes nothing: it only says whether pictures come along [vendor guide].
 *
 * @param localOffset the device's present offset, `+03:00`, for times without one where the model takes them
 */
export function readEventCondition(object: JsonObject, traits: Traits, localOffset: string): EventCondition {
  const major = requireInteger(object, 'major', 0, MAX_MINOR);
  if (!MAJORS.includes(major)) throw new Refusal('badJsonContent', 'major');
  const minor = requireInteger(object, 'minor', 0, MAX_MINOR);
  const startMs = readTime(object, 'startTime', traits, localOffset);
  const endMs = readTime(object, 'endTime', traits, localOffset);
  const beginSerialNo = optionalInteger(object, 'beginSerialNo', 0, MAX_SERIAL_NO);
  const endSerialNo = optionalInteger(object, 'endSerialNo', 0, MAX_SERIAL_NO);
  if (beginSerialNo !== undefined && endSerialNo === undefined)
    throw new Refusal('badJsonContent', 'endSerialNo');
  const employeeNo = optionalString(object, 'employeeNoString');
  const name = optionalString(object, 'name');
  const cardNo = optionalString(object, 'cardNo');
  return {
    major,
    minor,
    ...(startMs !== undefined && { startMs }),
    ...(endMs !== undefined && { endMs }),
    ...(beginSerialNo !== undefined && { beginSerialNo }),
    ...(endSerialNo !== undefined && { endSerialNo }),
    ...(employeeNo && { employeeNo }),
    ...(name && { name }),
    ...(cardNo && { cardNo }),
  };
}

function readTime(object: JsonObject, key: string, traits: Traits, localOffset: string): number | undefined {
  const time = optionalString(object, key);
  if (time === undefined) return undefined;
  const isLocal = !traits.eventTimesNeedOffset && TIME_WITHOUT_OFFSET.test(time);
  const ms = isLocal
    ? Date.parse(`${time}${localOffset}`)
    : TIME_WITH_OFFSET.test(time)
      ? Date.parse(time)
      : NaN;
  if (Number.isNaN(ms)) throw new Refusal('badJsonContent', key);
  return ms;
}
