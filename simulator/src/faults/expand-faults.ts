import type { NamedFault } from './exchange.ts';
import { FaultError } from './fault-error.ts';
import { packagedSet } from './packaged-sets.ts';
import { parseFault } from './parse-fault.ts';

/** A device holds at most so many faults: each call looks at all of them. */
export const MAX_FAULTS_PER_DEVICE = 500;

/**
 * Turns a list of faults and names of packaged sets into faults that each have an id. A fault of a set is called
 * `<set>/<number>`; one without an id gets the first free `fault-<number>`.
 * @param taken ids that are in use already
 * @throws FaultError when an entry is no fault, an id occurs twice, or there are too many
 */
export function expandFaults(list: unknown, taken: ReadonlySet<string> = new Set()): NamedFault[] {
  if (!Array.isArray(list))
    throw new FaultError(
      'faults',
      'must be a list: [{"what": {"kind": "silence"}}] or ["flaky-vpn"]. An empty list clears all faults.',
    );
  const used = new Set(taken);
  const claim = (id: string, place: string) => {
    if (used.has(id))
      throw new FaultError(`${place}.id`, `"${id}" is in use already; ids are unique per device.`);
    used.add(id);
    if (used.size > MAX_FAULTS_PER_DEVICE)
      throw new FaultError('faults', `a device holds at most ${MAX_FAULTS_PER_DEVICE} faults.`);
    return id;
  };
  const nextFree = () => {
    let number = used.size + 1;
    while (used.has(`fault-${number}`)) number += 1;
    return `fault-${number}`;
  };
  return list.flatMap((entry: unknown, index): NamedFault[] => {
    const place = `faults[${index}]`;
    if (typeof entry === 'string')
      return packagedSet(entry, place).faults.map((fault, part) => ({
        id: claim(`${entry}/${part + 1}`, place),
        ...fault,
      }));
    const fault = parseFault(entry, place);
    return [
      { id: claim(fault.id ?? nextFree(), place), ...(fault.when && { when: fault.when }), what: fault.what },
    ];
  });
}
