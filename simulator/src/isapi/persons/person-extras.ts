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

/**
 * Further fields of a person, with defaults as a K1A340 shows them. `openDoorTime`, how often the door opened for a
 * visitor, is read-only: what a client writes is ignored, and nothing here counts.
 */
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

/** Highest values: 255 for `maxOpenDoorTime` observed on K1A340, room and floor by model, the rest assumed. */
const NUMBERS: Readonly<Record<string, number | 'roomNumberMax' | 'floorNumberMax'>> = {
  maxOpenDoorTime: 255,
  roomNumber: 'roomNumberMax',
  floorNumber: 'floorNumberMax',
  groupId: 65_535,
  localAtndPlanTemplateId: 255,
};

const TEXTS: Readonly<Record<string, RegExp>> = {
  // At most four groups, 32 characters in all [K1A340].
  belongGroup: /^(?=.{0,32}$)(\d+(,\d+){0,3})?$/,
  gender: /^(male|female|unknown)$/,
};

/** Most writes carry none of these: they are not looked at further. */
const EXTRA_KEYS: ReadonlySet<string> = new Set([
  ...FLAGS,
  ...Object.keys(NUMBERS),
  ...Object.keys(TEXTS),
  'userVerifyMode',
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
  for (const [key, max] of Object.entries(NUMBERS))
    read[key] = optionalInteger(person, key, 0, typeof max === 'number' ? max : traits[max]);
  for (const [key, pattern] of Object.entries(TEXTS)) read[key] = optionalText(person, key, pattern);
  read.userVerifyMode = optionalMode(person, traits);
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

function optionalMode(person: JsonObject, traits: Traits): string | undefined {
  const mode = optionalString(person, 'userVerifyMode');
  if (mode !== undefined && !traits.userVerifyModes.includes(mode))
    throw new Refusal('badJsonContent', 'userVerifyMode');
  return mode;
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
