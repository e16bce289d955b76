import type { Cards } from './cards.ts';
import type { DeviceTime } from './device-time.ts';
import type { Doors } from './doors.ts';
import type { AccessEvent, NewEvent } from './event-record.ts';
import type { EventLog } from './events.ts';
import type { Plans } from './plans.ts';
import type { Settings } from './settings.ts';

/** What the door needs to know of a person. */
interface AccessPerson {
  employeeNo: string;
  name: string;
  userType: string;
  /** Wall-clock times, `2025-10-10T00:00:00`; `timeType` `UTC` reads them in Greenwich. */
  valid: { enable: boolean; beginTime: string; endTime: string; timeType?: string };
  /** Door numbers, `1` or `1,3`. */
  doorRight: string;
  rightPlan: readonly { doorNo: number; planTemplateNo: string }[];
}

/** The parts of a terminal that take part when somebody stands before it. */
export interface AccessParts {
  readonly persons: { get(employeeNo: string): AccessPerson | undefined };
  readonly faces: { has(employeeNo: string): boolean };
  readonly cards: Cards;
  readonly plans: Plans;
  readonly doors: Doors;
  readonly events: EventLog;
  readonly deviceTime: DeviceTime;
  readonly settings: Settings;
}

type AccessVerdict = 'granted' | 'no-right' | 'outside-plan' | 'not-valid';

/** Minor codes under major 5. 1, 8, 9, 75, 76 were seen on devices; 6 and 7 are constants of the vendor's SDK. */
const MINOR = {
  cardOk: 1,
  noRight: 6,
  outsidePlan: 7,
  notValid: 8,
  unknownCard: 9,
  faceOk: 75,
  faceFailed: 76,
} as const;

const MAJOR_ACCESS = 5;
const DOOR_NO = 1;
const CARD_READER_NO = 1;
const VERIFY_MODE = 'faceOrFpOrCardOrPw';
/** As in a captured record; nothing is measured here. */
const FACE_RECT = { height: 0.416, width: 0.234, x: 0.303, y: 0.224 };
const REFUSAL_MINOR = {
  'no-right': MINOR.noRight,
  'outside-plan': MINOR.outsidePlan,
  'not-valid': MINOR.notValid,
} as const;

/**
 * Whether a person may pass a door now. Assumed: a validity that is not enabled refuses, since switching it off is how a
 * leaver is shut out. Without a door right or a plan for this door it stays shut.
 */
function decideAccess(
  person: AccessPerson,
  doorNo: number,
  parts: { plans: Pick<Plans, 'allows'>; deviceTime: Pick<DeviceTime, 'nowMs' | 'wallClock'> },
): AccessVerdict {
  const { enable, beginTime, endTime, timeType } = person.valid;
  const wallClock = parts.deviceTime.wallClock();
  const now = timeType === 'UTC' ? new Date(parts.deviceTime.nowMs()).toISOString().slice(0, 19) : wallClock;
  if (!enable || now < beginTime.slice(0, 19) || now > endTime.slice(0, 19)) return 'not-valid';
  if (person.userType === 'blackList') return 'no-right';
  const doors = person.doorRight.split(',').map((text) => Number(text.trim()));
  if (!doors.includes(doorNo)) return 'no-right';
  const templates = person.rightPlan
    .filter((plan) => plan.doorNo === doorNo)
    .flatMap((plan) => plan.planTemplateNo.split(','))
    .map((text) => Number(text.trim()))
    .filter((templateNo) => templateNo > 0);
  if (templates.length === 0) return 'no-right';
  return templates.some((templateNo) => parts.plans.allows(templateNo, wallClock))
    ? 'granted'
    : 'outside-plan';
}

/**
 * Somebody stands before the camera: a person of the terminal, or a stranger (`null`). The event is stored, which streams
 * and pushes it, and the door opens for whom it may.
 */
export function showFace(parts: AccessParts, employeeNo: string | null): AccessEvent {
  const person = employeeNo === null ? undefined : parts.persons.get(employeeNo);
  const base: NewEvent = {
    major: MAJOR_ACCESS,
    minor: MINOR.faceFailed,
    cardType: 1,
    cardReaderNo: CARD_READER_NO,
    doorNo: DOOR_NO,
    verifyMode: VERIFY_MODE,
    mask: 'no',
  };
  if (!person || !parts.faces.has(person.employeeNo)) return parts.events.append(base);
  const picture = parts.settings.get('AcsCfg').saveCapPic === true;
  return pass(parts, person, {
    ...base,
    minor: MINOR.faceOk,
    faceRect: FACE_RECT,
    ...(picture ? { picture: { of: person.employeeNo } } : {}),
  });
}

/** Somebody holds a card to the reader. */
export function showCard(parts: AccessParts, cardNo: string): AccessEvent {
  const base: NewEvent = {
    major: MAJOR_ACCESS,
    minor: MINOR.unknownCard,
    cardNo,
    cardType: 1,
    cardReaderNo: CARD_READER_NO,
    doorNo: DOOR_NO,
    verifyMode: VERIFY_MODE,
    mask: 'unknown',
  };
  const card = parts.cards.get(cardNo);
  const person = card && parts.persons.get(card.employeeNo);
  return person ? pass(parts, person, { ...base, minor: MINOR.cardOk }) : parts.events.append(base);
}

/** Assumed: a person who was recognised and then refused is named in the record; strangers never are. */
function pass(parts: AccessParts, person: AccessPerson, recognised: NewEvent): AccessEvent {
  const verdict = decideAccess(person, DOOR_NO, parts);
  const event: NewEvent = {
    ...recognised,
    minor: verdict === 'granted' ? recognised.minor : REFUSAL_MINOR[verdict],
    employeeNo: person.employeeNo,
    name: person.name,
    userType: person.userType,
  };
  if (verdict !== 'granted') return parts.events.append(event);
  if (parts.settings.get('AcsCfg').remoteCheckDoorEnabled !== true) {
    parts.doors.letIn(DOOR_NO);
    return parts.events.append(event);
  }
  // The door waits before anybody hears of the event: an answer may come from within a listener.
  parts.doors.waitForVerification(parts.events.lastSerialNo + 1);
  return parts.events.append({ ...event, remoteCheck: true });
}
