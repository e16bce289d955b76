import { similarWord } from '../similar-word.ts';
import type { Fault } from './fault.ts';
import { FaultError } from './fault-error.ts';

/** Faults that belong together, under a name. */
export interface PackagedSet {
  name: string;
  description: string;
  faults: readonly Fault[];
}

const WRITES = ['person-record', 'person-modify', 'person-setup', 'face-record', 'face-modify', 'face-setup'];

/** Field troubles by name. They are data: each is what a person would write by hand. */
export const packagedSets: readonly PackagedSet[] = [
  {
    name: 'offline',
    description: 'Off the network: every connection is refused.',
    faults: [{ what: { kind: 'offline' } }],
  },
  {
    name: 'silent',
    description: 'Accepts connections and never answers.',
    faults: [{ when: { stage: 'any' }, what: { kind: 'silence' } }],
  },
  {
    name: 'flaky-vpn',
    description:
      'A bad link: 5 % of the calls are lost before, 5 % after the change was made, 3 % reset, the rest 50 to 450 ms late.',
    faults: [
      { when: { stage: 'any' }, what: { kind: 'delay', ms: 50, spreadMs: 400 } },
      { when: { probability: 0.05 }, what: { kind: 'silence' } },
      { when: { probability: 0.05 }, what: { kind: 'answer-lost' } },
      { when: { probability: 0.03, stage: 'any' }, what: { kind: 'reset', at: 'before-request' } },
    ],
  },
  {
    name: 'slow-link',
    description: 'Every answer comes 1 to 4 s late.',
    faults: [{ when: { stage: 'any' }, what: { kind: 'delay', ms: 1000, spreadMs: 3000 } }],
  },
  {
    name: 'answer-lost',
    description:
      'Persons and faces are stored, but the answer to the first person and to the first face never arrives.',
    faults: [
      { when: { endpoint: ['person-record', 'person-setup'], times: 1 }, what: { kind: 'answer-lost' } },
      { when: { endpoint: ['face-record', 'face-setup'], times: 1 }, what: { kind: 'answer-lost' } },
    ],
  },
  {
    name: 'full-disk',
    description: 'Person list and face library are full: nobody new is taken.',
    faults: [{ what: { kind: 'persons-full' } }, { what: { kind: 'faces-full' } }],
  },
  {
    name: 'faces-full',
    description: 'Persons are taken, no new face is.',
    faults: [{ what: { kind: 'faces-full' } }],
  },
  {
    name: 'no-storage',
    description: 'The flash is full: every write of a person or face ends in noStorageSpace.',
    faults: [{ when: { endpoint: WRITES }, what: { kind: 'sub-status', subStatusCode: 'noStorageSpace' } }],
  },
  {
    name: 'wrong-password',
    description: 'Every login is refused and counted; after five the account is locked for half an hour.',
    faults: [{ what: { kind: 'wrong-password' } }],
  },
  {
    name: 'rebooting',
    description: 'Restarts in the middle of every 25th call and is away for its usual time.',
    faults: [{ when: { every: 25 }, what: { kind: 'reboot' } }],
  },
  {
    name: 'slow-modelling',
    description: 'A face takes 8 to 12 s to model and holds the terminal.',
    faults: [{ what: { kind: 'slow-modelling', ms: 8000, spreadMs: 4000 } }],
  },
  {
    name: 'modelling-hiccup',
    description: 'Every third face fails to be modelled, though the picture is good: try again later.',
    faults: [{ when: { every: 3 }, what: { kind: 'modelling-fails' } }],
  },
  {
    name: 'no-download',
    description: 'The terminal cannot fetch any face URL; uploads work.',
    faults: [{ what: { kind: 'download-fails' } }],
  },
  {
    name: 'busy',
    description: 'Every second call is answered deviceBusy.',
    faults: [{ when: { every: 2 }, what: { kind: 'busy' } }],
  },
  {
    name: 'rubbish',
    description: 'Answers nonsense: broken bodies, wrong Content-Type, an HTML page, in turn.',
    faults: [
      { when: { every: 3 }, what: { kind: 'html' } },
      { when: { every: 2 }, what: { kind: 'wrong-content-type', contentType: 'text/html' } },
      { what: { kind: 'malformed' } },
    ],
  },
  {
    name: 'cut-answers',
    description: 'Requests are carried out, half of every answer arrives.',
    faults: [{ what: { kind: 'truncated' } }],
  },
  {
    name: 'dripping',
    description: 'Answers arrive at 10 bytes per second.',
    faults: [{ what: { kind: 'dripping', bytesPerSecond: 10 } }],
  },
  {
    name: 'overloaded',
    description: 'HTTP 503 on 30 % of the calls.',
    faults: [{ when: { probability: 0.3 }, what: { kind: 'http-503' } }],
  },
  {
    name: 'flat-battery',
    description: 'The clock is ten years behind, as after a day without power.',
    faults: [{ what: { kind: 'clock-wrong', offsetMs: -3650 * 86_400_000 } }],
  },
];

/** @throws FaultError that names the sets there are and the nearest one */
export function packagedSet(name: string, place: string): PackagedSet {
  const found = packagedSets.find((set) => set.name === name);
  if (found) return found;
  const all = packagedSets.map((set) => set.name);
  const meant = similarWord(name, all);
  throw new FaultError(
    place,
    `there is no packaged set "${name}"${meant ? `; did you mean "${meant}"?` : '.'} Sets: ${all.join(', ')}.`,
  );
}
