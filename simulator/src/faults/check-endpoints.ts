import { similarWord } from '../similar-word.ts';
import type { NamedFault } from './exchange.ts';
import { FaultError } from './fault-error.ts';
import { matchesEndpoint } from './matches.ts';

/** @throws FaultError for a fault that speaks of an endpoint nobody has, with the one that was probably meant */
export function checkEndpoints(faults: readonly NamedFault[], names: readonly string[]): void {
  for (const { id, when } of faults) {
    for (const pattern of [when?.endpoint ?? []].flat()) {
      if (names.some((name) => matchesEndpoint(pattern, name))) continue;
      const meant = similarWord(pattern, names);
      throw new FaultError(
        `fault "${id}": when.endpoint`,
        `there is no endpoint "${pattern}"${meant ? `; did you mean "${meant}"?` : '.'} "*" at the end stands for the rest, as in "person-*". Endpoints: ${names.join(', ')}.`,
      );
    }
  }
}
