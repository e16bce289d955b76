import type { Traits } from '../../profiles/traits.ts';
import { isObject, valueOf, type JsonObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

/** Control characters, and halves of characters that UTF-8 cannot carry. */
export const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/u;

/**
 * The `employeeNo` of an object: text of 1 to 32 bytes, case and leading zeros kept. Missing: MessageParametersLack;
 * empty or too long: badJsonContent [K1T341C, a UUID]; a JSON number by trait, refused unless it says otherwise.
 */
export function readEmployeeNo(object: JsonObject, traits: Traits): string {
  const given = valueOf(object, 'employeeNo');
  if (given === undefined) throw new Refusal('MessageParametersLack', 'employeeNo');
  return checkEmployeeNo(given, 'employeeNo', traits);
}

/** The same for a value that stands under another name and may be longer, as FPID. */
export function checkEmployeeNo(
  given: unknown,
  key: string,
  traits: Traits,
  maxBytes = traits.employeeNoMaxBytes,
): string {
  const coerced = Number.isSafeInteger(given) && traits.employeeNoAsNumber === 'coerce';
  const text = coerced ? String(given) : given;
  if (typeof text !== 'string' || text === '') throw new Refusal('badJsonContent', key);
  if (Buffer.byteLength(text) > maxBytes) throw new Refusal('badJsonContent', key);
  if (UNPRINTABLE.test(text)) throw new Refusal('illegalEmployeeNo', key);
  return text;
}

/** The numbers of an `EmployeeNoList`, each once, in order; undefined when there is no list. */
export function readEmployeeNoList(condition: JsonObject, max: number, traits: Traits): string[] | undefined {
  const list = valueOf(condition, 'EmployeeNoList');
  if (list === undefined) return undefined;
  if (!Array.isArray(list) || list.length > max) throw new Refusal('badJsonContent', 'EmployeeNoList');
  const numbers = list.map((item: unknown) => {
    if (!isObject(item)) throw new Refusal('badJsonContent', 'EmployeeNoList');
    return readEmployeeNo(item, traits);
  });
  return [...new Set(numbers)];
}
