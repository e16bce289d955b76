import type { Traits } from '../../profiles/traits.ts';
import {
  optionalBoolean,
  optionalInteger,
  optionalList,
  optionalString,
  type JsonObject,
} from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { UNPRINTABLE } from './employee-no.ts';

/** Further fields of a person, with defaults as a K1A340 shows them. */
export interface PersonExtras {
  closeDelayEnabled: boolean;
  belongGroup: string;
  maxOpenDoorTime: number;
  openDoorTime: number;
  roomNumber: number;
  floorNumber: number;
  localUIRight: boolean;
  onlyVerify: boolean;
  gender: string;
  groupId: number;
  localAtndPlanTemplateId: number;
  userVerifyMode?: string;
  doubleLockRight?: boolean;
  PersonInfoExtends: readonly JsonObject[];
}

export const DEFAULT_EXTRAS: Readonly<PersonExtras> = Object.freeze({
  closeDelayEnabled: false,
  belongGroup: '',
  maxOpenDoorTime: 0,
  openDoorTime: 0,
  roomNumber: 0,
  floorNumber: 0,
  localUIRight: false,
  onlyVerify: false,
  gender: 'unknown',
  groupId: 1,
  localAtndPlanTemplateId: 0,
  PersonInfoExtends: [{ value: '' }],
});

const FLAGS = ['closeDelayEnabled', 'localUIRight', 'onlyVerify', 'doubleLockRight'];

/** Highest values. 0 to 255 and 0 to 99 observed on K1A340, room numbers beyond 99 on others; the rest assumed. */
const NUMBERS: Readonly<Record<string, number>> = {
  maxOpenDoorTime: 255,
  openDoorTime: 255,
  roomNumber: 999_999,
  floorNumber: 999,
  groupId: 65_535,
  localAtndPlanTemplateId: 255,
};

const TEXTS: Readonly<Record<string, RegExp>> = {
  belongGroup: /^[\d,]{0,32}$/,
  gender: /^(male|female|unknown)$/,
  userVerifyMode: /^[A-Za-z]{1,64}$/,
};

/** Most writes carry none of these: they are not looked at further. */
const EXTRA_KEYS: ReadonlySet<string> = new Set([
  ...FLAGS,
  ...Object.keys(NUMBERS),
  ...Object.keys(TEXTS),
  'PersonInfoExtends',
  'password',
  'dynamicCode',
]);

const MAX_EXTENDS = 4;
const MAX_EXTEND_BYTES = 128;

/**
 * The further fields that a write carries, checked, over those the person has. Null when all are as by default. PINs
 * and dynamic codes are checked and thrown away: a terminal does not give them back, and nobody types them here.
 */
export function readExtras(
  person: JsonObject,
  known: Readonly<Record<string, unknown>> | null,
  traits: Traits,
): Readonly<Record<string, unknown>> | null {
  if (!Object.keys(person).some((key) => EXTRA_KEYS.has(key))) return known;
  checkPin(person, traits);
  const read: Record<string, unknown> = {};
  for (const key of FLAGS) read[key] = optionalBoolean(person, key);
  for (const [key, max] of Object.entries(NUMBERS)) read[key] = optionalInteger(person, key, 0, max);
  for (const [key, pattern] of Object.entries(TEXTS)) read[key] = optionalText(person, key, pattern);
  read.PersonInfoExtends = readExtends(person);
  const given = Object.entries(read).filter(([, value]) => value !== undefined);
  if (given.length === 0) return known;
  const merged = Object.entries({ ...known, ...Object.fromEntries(given) });
  const kept = merged.filter(([key, value]) => !isDefault(key, value));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function checkPin(person: JsonObject, traits: Traits): void {
  const pin = optionalString(person, 'password');
  if (pin !== undefined && pin !== '') {
    const fits = /^\d+$/.test(pin) && pin.length >= traits.pinMinDigits && pin.length <= traits.pinMaxDigits;
    if (!fits) throw new Refusal('badJsonContent', 'password');
  }
  optionalText(person, 'dynamicCode', /^\d{0,8}$/);
}

function optionalText(person: JsonObject, key: string, pattern: RegExp): string | undefined {
  const text = optionalString(person, key);
  if (text !== undefined && !pattern.test(text)) throw new Refusal('badJsonContent', key);
  return text;
}

function readExtends(person: JsonObject): { value: string }[] | undefined {
  return optionalList(person, 'PersonInfoExtends', MAX_EXTENDS)?.map((entry) => {
    const value = optionalString(entry, 'value') ?? '';
    if (Buffer.byteLength(value) > MAX_EXTEND_BYTES || UNPRINTABLE.test(value))
      throw new Refusal('badJsonContent', 'PersonInfoExtends');
    return { value };
  });
}

/** A default that is written out costs no memory. */
function isDefault(key: string, value: unknown): boolean {
  return (DEFAULT_EXTRAS as Readonly<Record<string, unknown>>)[key] === value;
}
