import type { Traits } from '../profiles/traits.ts';
import { requireInteger, requireString, type JsonObject } from './json-fields.ts';
import { Refusal } from './refusal.ts';

/** Positions beyond are no number of a device [K1A340 capabilities: 0..300000, for events]. */
const MAX_POSITION = 10_000_000;

export interface PageRequest {
  position: number;
  count: number;
}

/** `searchResultPosition` and `maxResults`, held to the page limit of the model: refused or clamped beyond. */
export function readPage(condition: JsonObject, traits: Traits): PageRequest {
  const position = requireInteger(condition, 'searchResultPosition', 0, MAX_POSITION);
  const asked = requireInteger(condition, 'maxResults', 1, MAX_POSITION);
  if (asked > traits.searchPageMax && traits.overPageMax !== 'clamp')
    throw new Refusal(traits.overPageMax === 'refuse' ? 'badJsonContent' : 'badParameters', 'maxResults');
  return { position, count: Math.min(asked, traits.searchPageMax) };
}

/** `searchID`, 1 to 64 characters. */
export function readSearchId(condition: JsonObject): string {
  const searchId = requireString(condition, 'searchID');
  if (searchId.length < 1 || searchId.length > 64) throw new Refusal('badJsonContent', 'searchID');
  return searchId;
}

export interface PageStatus {
  /** `MORE`: further pages; `OK`: the last one; `NO MATCH`: nothing. */
  responseStatusStrg: 'OK' | 'MORE' | 'NO MATCH';
  numOfMatches: number;
  totalMatches: number;
}

/** The head of a search answer. Its list is left out when `numOfMatches` is 0, never empty. */
export function pageStatus(position: number, found: number, total: number, traits: Traits): PageStatus {
  return {
    responseStatusStrg: statusOf(position, found, total, traits),
    numOfMatches: found,
    totalMatches: total,
  };
}

function statusOf(
  position: number,
  found: number,
  total: number,
  { searchEnd }: Traits,
): PageStatus['responseStatusStrg'] {
  // Assumed: firmware that never ends still tells when there is nothing at all.
  if (searchEnd === 'never' && total > 0) return 'MORE';
  if (found === 0) return 'NO MATCH';
  return position + found < total ? 'MORE' : 'OK';
}
