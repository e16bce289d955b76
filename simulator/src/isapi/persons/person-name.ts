import type { Traits } from '../../profiles/traits.ts';
import { Refusal } from '../refusal.ts';
import { UNPRINTABLE } from './employee-no.ts';

/** A name of at most `nameMaxBytes` bytes of UTF-8; a longer one is refused or cut between characters, by model. */
export function checkName(name: string, traits: Traits): string {
  if (UNPRINTABLE.test(name)) throw new Refusal('notSupportCharacter', 'name');
  if (Buffer.byteLength(name) <= traits.nameMaxBytes) return name;
  if (traits.overlongName === 'refuse') throw new Refusal('badJsonContent', 'name');
  return cutToBytes(name, traits.nameMaxBytes);
}

function cutToBytes(text: string, maxBytes: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return kept;
}
