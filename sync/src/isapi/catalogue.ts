import { deviceCodes } from './catalogue/device.ts';
import type { CatalogueEntry, Meaning } from './catalogue/entry.ts';
import { personCodes } from './catalogue/persons.ts';
import { photoCodes } from './catalogue/photos.ts';

/**
 * The one table of everything a terminal may answer. Sources: the vendor's ISAPI error-code dictionary for names and
 * numbers; for what a code means in practice, clients measured on the models named in the comments. A null number is a
 * spelling of other clients or firmwares that is not in the dictionary.
 */
export const catalogue: readonly CatalogueEntry[] = [...deviceCodes, ...personCodes, ...photoCodes];

const byName = new Map<string, Meaning>();
const byNumber = new Map<number, Meaning>();
const byCode = new Map<string, Meaning>();
for (const { codes, ...meaning } of catalogue) {
  byCode.set(meaning.code, meaning);
  for (const [name, number] of Object.entries(codes)) {
    byName.set(normalised(name), meaning);
    if (number !== null) byNumber.set(number, meaning);
  }
}

/** By subStatusCode, without regard to case; null for a code the table does not know. */
export function meaningOfName(subStatusCode: string): Meaning | null {
  return byName.get(normalised(subStatusCode)) ?? null;
}

/** By the number in `errorCode`, for devices that spell the name in their own way. */
export function meaningOfNumber(errorCode: number): Meaning | null {
  return byNumber.get(errorCode) ?? null;
}

export type MeaningCode =
  | 'ok'
  | 'ok_reboot_required'
  | 'person_rejected'
  | 'person_missing'
  | 'photo_too_large'
  | 'device_unsupported'
  | 'device_busy'
  | 'device_credentials_refused'
  | 'device_account_locked'
  | 'device_login_counted'
  | 'device_login_unclear'
  | 'device_not_activated'
  | 'device_no_rights';

/** The meaning with this stable code, for answers that carry no code of their own (HTTP alone, login bodies). */
export function meaningNamed(code: MeaningCode): Meaning {
  const meaning = byCode.get(code);
  if (!meaning) throw new Error(`The catalogue has no entry "${code}": add it to catalogue/.`);
  return meaning;
}

function normalised(name: string): string {
  return name.trim().replace(/\.$/, '').toLowerCase();
}
