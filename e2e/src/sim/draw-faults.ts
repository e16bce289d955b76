import type { Fault, FaultWhat, FaultWhen, Random } from '@pontaj/simulator';

export type { Fault };

/** Most faults that a terminal has at the beginning. */
const MAX_FAULTS = 5;
/** Until when a window of a fault is over, from the moment it was set. */
const LONGEST_WINDOW_MS = 120_000;

/** A sub-status of every class of the dictionary. */
const SUB_STATUSES = [
  'deviceBusy',
  'noStorageSpace',
  'badJsonContent',
  'SubpicAnalysisModelingError',
  'notSupport',
  'invalidOperation',
  'deviceError',
  'simulatedUnheardOf',
];

/** Kinds as often as they stand here; what is common on a building site stands more than once. */
const kinds: readonly ((random: Random, numbers: readonly string[]) => FaultWhat)[] = [
  () => ({ kind: 'silence' }),
  () => ({ kind: 'silence', done: true }),
  () => ({ kind: 'answer-lost', how: 'silence' }),
  () => ({ kind: 'answer-lost', how: 'reset' }),
  () => ({ kind: 'answer-lost', how: 'reset' }),
  (random) => ({ kind: 'delay', ms: random.int(6000), spreadMs: random.int(9000) }),
  () => ({ kind: 'refused' }),
  () => ({ kind: 'reset', at: 'before-request' }),
  () => ({ kind: 'reset', at: 'after-request' }),
  () => ({ kind: 'reset', at: 'middle-of-answer' }),
  () => ({ kind: 'truncated' }),
  (random) => ({ kind: 'dripping', bytesPerSecond: 10 + random.int(300) }),
  () => ({ kind: 'wrong-content-type', contentType: 'text/html' }),
  () => ({ kind: 'malformed' }),
  () => ({ kind: 'html' }),
  () => ({ kind: 'http-503' }),
  () => ({ kind: 'busy' }),
  () => ({ kind: 'busy' }),
  (random) => ({
    kind: 'sub-status',
    subStatusCode: SUB_STATUSES[random.int(SUB_STATUSES.length)] ?? 'deviceBusy',
  }),
  (random) => ({ kind: 'persons-full', at: random.int(6) }),
  (random) => ({ kind: 'faces-full', at: random.int(6) }),
  () => ({ kind: 'download-fails' }),
  () => ({ kind: 'modelling-fails' }),
  (random) => ({ kind: 'slow-modelling', ms: random.int(9000), spreadMs: random.int(9000) }),
  () => ({ kind: 'wrong-password' }),
  (random) => ({ kind: 'password-changed', password: `alta-${random.int(3)}` }),
  (random) => ({ kind: 'reboot', awayMs: 1000 + random.int(60_000) }),
  () => ({ kind: 'offline' }),
  () => ({ kind: 'clock-wrong', offsetMs: -86_400_000 }),
  (random, numbers) => ({
    kind: 'edited-at-terminal',
    employeeNo: numbers[random.int(numbers.length)] ?? '1000',
    ...[{ name: 'La Terminal' }, { remove: true }, { removeFace: true }][random.int(3)],
  }),
];

const isChange = ({ kind }: FaultWhat): boolean =>
  kind === 'password-changed' || kind === 'reboot' || kind === 'edited-at-terminal';

/** Every fault ends by itself: after so many times, or with its window. */
function drawWhen(random: Random, what: FaultWhat): FaultWhen {
  const fromMs = random.int(LONGEST_WINDOW_MS / 2);
  if (isChange(what)) return random.next() < 0.5 ? { fromMs } : { nth: 1 + random.int(40) };
  const stage = random.next() < 0.3 ? 'any' : 'signed';
  const window = { fromMs, untilMs: fromMs + 1 + random.int(LONGEST_WINDOW_MS / 2) };
  if (what.kind === 'offline' || what.kind === 'clock-wrong' || what.kind === 'wrong-password') return window;
  const which: FaultWhen[] = [
    { nth: 1 + random.int(30) },
    { every: 2 + random.int(5), times: 1 + random.int(6) },
    { probability: 0.05 + random.next() * 0.4, times: 1 + random.int(10) },
    { ...window, probability: random.next() },
    { times: 1 + random.int(4) },
  ];
  return { stage, ...which[random.int(which.length)] };
}

/** Endpoints by which access is closed: validity off, or the person gone. */
const CLOSING_ENDPOINTS = ['person-modify', 'person-setup', 'person-delete'];

const closingTroubles: readonly ((random: Random) => FaultWhat)[] = [
  () => ({ kind: 'silence' }),
  () => ({ kind: 'silence', done: true }),
  () => ({ kind: 'answer-lost', how: 'silence' }),
  () => ({ kind: 'answer-lost', how: 'reset' }),
  () => ({ kind: 'reset', at: 'before-request' }),
  () => ({ kind: 'reset', at: 'after-request' }),
  () => ({ kind: 'reset', at: 'middle-of-answer' }),
  (random) => ({ kind: 'reboot', awayMs: 1000 + random.int(30_000) }),
];

/** What happens to the very call that closes somebody's access: before the change, after it, or in the middle. */
export const drawClosingFault = (random: Random, employeeNo: string): Fault => ({
  when: { endpoint: CLOSING_ENDPOINTS, employeeNo, times: 1 + random.int(2) },
  what: closingTroubles[random.int(closingTroubles.length)]?.(random) ?? { kind: 'silence' },
});

/** @param numbers Whose data somebody may change at a terminal; none: nobody types there. */
export function drawFault(random: Random, numbers: readonly string[]): Fault {
  const drawn = kinds[random.int(kinds.length)]?.(random, numbers) ?? { kind: 'busy' };
  const what: FaultWhat =
    drawn.kind === 'edited-at-terminal' && numbers.length === 0 ? { kind: 'busy' } : drawn;
  return { when: drawWhen(random, what), what };
}

export function drawFaults(random: Random, numbers: readonly string[]): Fault[] {
  return Array.from({ length: random.int(MAX_FAULTS + 1) }, () => drawFault(random, numbers));
}
