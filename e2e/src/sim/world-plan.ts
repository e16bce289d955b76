import { seededRandom, type Random } from '@pontaj/simulator';
import type { EngineOptions } from '@pontaj/sync';
import { GOOD_VERSIONS, LOST_VERSION, TROUBLED_VERSION } from './album.ts';
import { drawFaults, type Fault } from './draw-faults.ts';

/** The built-in profiles of the simulator that a site may have. */
const PROFILES = [
  'generic',
  'ds-k1t341cmf',
  'ds-k1t341am',
  'ds-k1t341amf',
  'ds-k1t342mfwx',
  'ds-k1t343efwx',
  'ds-k1t671m',
  'ds-k1t672mx',
  'ds-k1t673dx',
  'ds-k1t804amf',
  'ds-k1a340',
] as const;

/** They take no faces from outside. */
export const FACELESS: ReadonlySet<string> = new Set(['ds-k1t804amf', 'ds-k1a340']);
/** They fetch no picture but their own: with FACE_DELIVERY=url no face gets there. */
export const OWN_PICTURES_ONLY: ReadonlySet<string> = new Set(['ds-k1t343efwx']);
/** They cannot tell what they hold: only a full sync finds out what somebody changed at the terminal. */
export const BLIND: ReadonlySet<string> = new Set(['ds-k1t672mx']);

/** They count a login on an old nonce as a bad one. */
export const COUNTS_NONCES: ReadonlySet<string> = new Set(['ds-k1t804amf']);

export const FIRST_NUMBER = 1000;
/** Somebody typed in at a terminal under a number of ours. */
export const OTHER_NAME = 'Tastat De Mana';

export interface PlannedDevice {
  deviceId: string;
  profile: string;
  /** Who is in the terminal before anybody syncs: number, name, and whether with a face. */
  typedIn: { employeeNo: string; name: string; face: boolean }[];
  /** Another client mistypes there between any two of our calls, from the beginning. */
  pestered: boolean;
  /** Its challenge does not say how many bad logins it takes. */
  mute: boolean;
  faults: Fault[];
}

interface PlannedPerson {
  employeeNo: number | null;
  name: string;
  /** Version of the photo; null: none. */
  photo: number | null;
  active: boolean;
}

/** Everything a world begins with: a function of its seed. */
export interface WorldPlan {
  seed: number;
  devices: PlannedDevice[];
  people: PlannedPerson[];
  options: Partial<EngineOptions> &
    Pick<EngineOptions, 'pauseMs' | 'leavers' | 'adoptFaces' | 'adoptPersons'>;
  /** Engines that work side by side at most. */
  engines: number;
  /** Part of the questions to the database that fail, in [0, 1). */
  storeTrouble: number;
  /** Part of the refused logins at which their daemon dies, in [0, 1]. */
  refusedDeaths: number;
  /** Whether somebody changes people at the terminals, which only a verifying or full sync can notice. */
  edits: boolean;
  /** Things that happen before it gets quiet. */
  deeds: number;
}

export function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[random.int(values.length)];
  if (value === undefined) throw new RangeError('There is nothing to pick from an empty list.');
  return value;
}

/** Observed on recorders: a challenge that tells nothing but that a login is wanted [ERI-K104]. */
export const traitsOf = ({ mute }: Pick<PlannedDevice, 'mute'>): { unauthorizedBody?: 'bare' } =>
  mute ? { unauthorizedBody: 'bare' } : {};

export const chance = (random: Random, part: number): boolean => random.next() < part;

/** Nearly always a good one. */
export function drawPhoto(random: Random): number {
  if (chance(random, 0.06)) return chance(random, 0.5) ? TROUBLED_VERSION : LOST_VERSION;
  return random.int(GOOD_VERSIONS);
}

function drawPeople(random: Random): PlannedPerson[] {
  return Array.from({ length: 2 + random.int(7) }, (_, nth) => ({
    employeeNo: chance(random, 0.05) ? null : FIRST_NUMBER + nth,
    name: `Nume${nth} Ion`,
    photo: chance(random, 0.85) ? drawPhoto(random) : null,
    active: chance(random, 0.9),
  }));
}

/** Who is in a terminal that comes from elsewhere. */
export function drawTypedIn(random: Random, people: PlannedPerson[]): PlannedDevice['typedIn'] {
  const strangers = [
    { employeeNo: '7', name: 'Paznic Noapte', face: true },
    { employeeNo: 'A12', name: 'Vizitator', face: false },
    { employeeNo: '9000', name: 'Altcineva', face: chance(random, 0.5) },
  ].filter(() => chance(random, 0.4));
  const ours = people.flatMap(({ employeeNo, name }) =>
    employeeNo !== null && chance(random, 0.25)
      ? [
          {
            employeeNo: String(employeeNo),
            name: chance(random, 0.6) ? name : OTHER_NAME,
            face: chance(random, 0.5),
          },
        ]
      : [],
  );
  return [...strangers, ...ours];
}

export function planWorld(seed: number): WorldPlan {
  const random = seededRandom(seed).fork('world');
  const people = drawPeople(random);
  const edits = chance(random, 0.5);
  const numbers = edits
    ? people.flatMap(({ employeeNo }) => (employeeNo === null ? [] : [String(employeeNo)]))
    : [];
  const calm = chance(random, 0.1);
  const others = random.fork('others');
  const mutes = random.fork('mutes');
  const devices = Array.from({ length: 1 + random.int(4) }, (_, nth): PlannedDevice => ({
    deviceId: `d${nth + 1}`,
    profile: pick(random, PROFILES),
    typedIn: drawTypedIn(random, people),
    pestered: chance(others, 0.3),
    mute: chance(mutes, 0.2),
    faults: calm ? [] : drawFaults(random.fork(`faults ${nth}`), numbers),
  }));
  return {
    seed,
    people,
    devices,
    options: {
      pauseMs: pick(random, [200, 500, 1000]),
      leavers: pick(random, ['disable', 'disable', 'delete', 'ignore']),
      adoptFaces: pick(random, ['replace', 'replace', 'trust']),
      adoptPersons: pick(random, ['any', 'any', 'same-name']),
      faceDelivery: pick(random, ['auto', 'auto', 'url', 'upload']),
      fatalScope: chance(random, 0.1) ? 'run' : 'device',
      pollMs: pick(random, [1000, 2000, 5000]),
      maxRetries: pick(random, [1, 3]),
    },
    engines: pick(random, [1, 1, 2, 3]),
    storeTrouble: chance(random, 0.3) ? random.next() * 0.05 : 0,
    refusedDeaths: 0.5,
    edits,
    deeds: 6 + random.int(10),
  };
}
