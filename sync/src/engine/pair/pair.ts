import type { Answer } from '../../isapi/answer.ts';
import type { FaceImage } from '../../isapi/device-client.ts';
import type { ItemError } from '../../model/run.ts';
import { StoreRejectedError } from '../../store/store-errors.ts';
import { noRoomForFace, noRoomForPerson } from '../device/capacity.ts';
import { stopOf, type DeviceStop } from '../stop/device-stop.ts';
import { InterruptedError } from '../wire/interrupted.ts';
import { learn, type Lesson } from '../plan/learn.ts';
import { isSaidGone, type PairState, type Rules } from '../plan/pair-state.ts';
import type { PairEnd } from '../plan/pair-outcome.ts';
import { MAX_STEPS, nextStep } from '../plan/plan.ts';
import { changesDevice, isFaceStep, type Step, type StepKind } from '../plan/step.ts';
import type { Wish } from '../plan/wish.ts';
import { stopForRefusal } from '../stop/refused-by-store.ts';
import type { Session } from '../device/session.ts';

/** Known without a call. */
const NO_ROOM: ReadonlySet<string> = new Set(['device_persons_full', 'device_faces_full']);

/** What came of working on a pair. `interrupted`: the engine stops, the pair stays open for the next holder. */
export interface PairWork {
  state: PairState;
  reasons: string[];
  end: PairEnd | { kind: 'interrupted' };
  stop: DeviceStop | null;
}

/** What one step led to, beside a lesson: try another way, or leave the device. */
type Heard = Lesson | { heard: 'another-way' } | { heard: 'stop'; stop: DeviceStop; lost: boolean };

const errorOf = ({ verdict }: Answer<unknown>): ItemError => ({
  code: verdict.code,
  message: verdict.message,
});

function send(session: Session, step: Step, wish: Wish, image: FaceImage | null): Promise<Answer<unknown>> {
  const { client, ask, abilities } = session;
  const { person } = wish;
  const label = (operation: string) => ({ operation, employeeNo: wish.employeeNo, reason: step.reason });
  switch (step.kind) {
    case 'record-person':
      return ask(label('recordPerson'), (call) => client.recordPerson(person, call));
    case 'modify-person':
      return ask(label('modifyPerson'), (call) => client.modifyPerson(person, call));
    case 'set-up-person':
      return ask(label('setUpPerson'), (call) => client.setUpPerson(person, call));
    case 'look-person':
      return ask(label('searchPersons'), (call) =>
        client.searchPersons({ employeeNos: [person.employeeNo], position: 0, pageSize: 1 }, call),
      );
    case 'look-face':
      return ask(label('searchFace'), (call) => client.searchFace(person.employeeNo, call));
    case 'add-face':
    case 'set-up-face': {
      if (image === null) throw new Error('A face step without a photo was planned.');
      return step.kind === 'add-face'
        ? ask(label('addFace'), (call) => client.addFace(person.employeeNo, image, call))
        : ask(label('setUpFace'), (call) => client.setUpFace(person.employeeNo, image, call));
    }
    case 'delete-face': {
      const way = abilities.faceDeleteWay;
      return ask(label('deleteFace'), (call) => client.deleteFace(person.employeeNo, way, call));
    }
    case 'delete-person':
      throw new Error('A pair never deletes its person.');
  }
}

function foundOf(answer: Answer<unknown>, step: StepKind, wish: Wish): Lesson {
  if (step === 'look-face') return { step, heard: 'seen', present: answer.value === true };
  const page = answer.value as { persons: { employeeNo: string }[] } | null;
  const person = page?.persons.find(({ employeeNo }) => employeeNo === wish.person.employeeNo) ?? null;
  return {
    step: 'look-person',
    heard: 'found',
    person: person as Extract<Lesson, { heard: 'found' }>['person'],
  };
}

/** This firmware has no such call, or does not take it from us. */
function otherWay(session: Session, kind: StepKind, sure: boolean): Heard {
  const { abilities } = session;
  // [K1T341AMF] deletes by FDDelete alone, and refuses the usual call by its content.
  if (kind === 'delete-face') abilities.faceDeleteFailed();
  else if (sure) abilities.lacks(kind);
  else abilities.doubts(kind);
  return { heard: 'another-way' };
}

async function refused(
  session: Session,
  kind: StepKind,
  wish: Wish,
  answer: Answer<unknown>,
): Promise<Heard> {
  const error = errorOf(answer);
  if (!isFaceStep(kind) || wish.photo === null) return { step: kind, heard: 'refused', error };
  // The misleading errors of terminals are explained by the photo itself [K1T673: over 200 KB is "badJsonContent"].
  const why = await session.images.explain(wish.photo.url);
  return { step: kind, heard: 'refused', error: { ...error, message: error.message + why } };
}

const isLook = (kind: StepKind): kind is 'look-person' | 'look-face' =>
  kind === 'look-person' || kind === 'look-face';

/** What an answer to a step means. Reads the class alone: the catalogue has decided the rest. */
async function hear(session: Session, step: Step, wish: Wish, answer: Answer<unknown>): Promise<Heard> {
  const { verdict } = answer;
  const { kind } = step;
  const looking = isLook(kind);
  const stop = (lost = false): Heard => ({ heard: 'stop', stop: stopOf(verdict), lost });
  switch (verdict.class) {
    case 'done':
      if (looking) return foundOf(answer, kind, wish);
      if (kind === 'delete-face') session.abilities.faceDeleteWorked();
      if (kind === 'add-face' || kind === 'set-up-face') session.abilities.faceTaken();
      return { step: kind, heard: 'done' };
    case 'already':
      // FDSetUp replaces: "already there" from it is a refusal, and taking it for more would go in a circle.
      return kind === 'set-up-face' ? refused(session, kind, wish, answer) : { step: kind, heard: 'already' };
    case 'missing':
      if (kind === 'look-person') return { step: kind, heard: 'found', person: null };
      if (kind === 'look-face') return { step: kind, heard: 'seen', present: false };
      return { step: kind, heard: 'missing' };
    case 'unsupported':
      return otherWay(session, kind, true);
    case 'item':
      // A look that is refused tells nothing: another way is taken.
      return looking || kind === 'delete-face'
        ? otherWay(session, kind, false)
        : refused(session, kind, wish, answer);
    case 'modelling':
      return refused(session, kind, wish, answer);
    case 'download':
      return isFaceStep(kind) && session.images.downloadFailed()
        ? { heard: 'another-way' }
        : refused(session, kind, wish, answer);
    case 'network':
      if (verdict.delivery !== 'unknown' || looking) return stop();
      session.lostAnswersLeft -= 1;
      return session.lostAnswersLeft < 0 ? stop(true) : { step: kind, heard: 'lost' };
    case 'full':
    case 'credentials':
    case 'busy':
      return stop();
    case 'unknown':
      // Nobody can read this answer: the change may have been made.
      return stop(!looking);
  }
}

/** What keeps a step from being sent at all: no room, or no photo to send. */
async function prepare(
  session: Session,
  step: Step,
  state: PairState,
  wish: Wish,
): Promise<{ image: FaceImage | null } | { error: ItemError }> {
  if (step.kind === 'record-person' && session.freePersons !== null && session.freePersons <= 0)
    return { error: noRoomForPerson(session) };
  if (!isFaceStep(step.kind) || step.kind === 'look-face' || wish.photo === null) return { image: null };
  if (step.kind === 'delete-face') {
    // The old face goes first on this model: be as sure of the new photo as one can be from here.
    const trouble = await session.images.examine(wish.photo.url);
    return trouble === null ? { image: null } : { error: trouble };
  }
  if (state.face.state === 'absent' && session.freeFaces !== null && session.freeFaces <= 0)
    return { error: noRoomForFace(session) };
  const image = await session.images.imageOf(wish.photo.url);
  return image.ok ? { image: image.image } : { error: image.error };
}

function countRoom(session: Session, before: PairState, after: PairState): void {
  if (before.personResult !== 'created' && after.personResult === 'created' && session.freePersons !== null)
    session.freePersons -= 1;
  if (before.face.state === 'absent' && after.face.state === 'confirmed' && session.freeFaces !== null)
    session.freeFaces -= 1;
}

/**
 * Brings one pair in step: plan a step, send it, learn from the answer, plan again, until nothing is left to do or
 * something stands in the way. After a lost answer the plan itself looks before it sends again.
 * @param run What the pair's run says: `mayGoOn` is false once it was cancelled, then the call in flight is the last;
 * photos are taken as they are at `askedAtMs` or later. `onGone` hears, before anything more is sent, that the device
 * says there is no such person.
 */
export async function performPair(
  session: Session,
  start: PairState,
  wish: Wish,
  rules: Rules,
  run: { mayGoOn: () => boolean; askedAtMs: number; onGone: () => Promise<void> },
): Promise<PairWork> {
  const { mayGoOn } = run;
  session.wire.mayGoOn = mayGoOn;
  session.images.askedAtMs = run.askedAtMs;
  let state = start;
  let goneTold = false;
  const reasons: string[] = [];
  const work = (end: PairWork['end'], stop: DeviceStop | null = null): PairWork => ({
    state,
    reasons,
    end,
    stop,
  });
  for (let nth = 0; nth < MAX_STEPS; nth += 1) {
    if (!goneTold && isSaidGone(state)) {
      goneTold = true;
      await run.onGone();
    }
    const next = nextStep(state, wish, rules);
    if (next === null) return work({ kind: 'over' });
    if (!mayGoOn()) return work({ kind: 'cancelled' });
    if (next.kind === 'give-up') {
      if (next.scope === 'device') {
        const { error } = next;
        const stop: DeviceStop = {
          ...error,
          kind: 'device',
          about: 'ability',
          raw: null,
          unlockTimeS: null,
          sent: true,
        };
        return work({ kind: 'stopped', error }, stop);
      }
      const step = next.half === 'person' ? 'modify-person' : 'set-up-face';
      state = learn(state, { step, heard: 'refused', error: next.error }, wish, rules);
      // Somebody else has the number: ours is not there. Never is a stranger tracked, and closed out one day, as ours.
      if (next.error.code === 'person_conflict')
        state = { ...state, person: { state: 'absent' }, personSurelyAbsent: true };
      continue;
    }
    const ready = await prepare(session, next, state, wish);
    // A photo that was not fetched because we are stopping is not at fault.
    if (session.stopping.aborted) return work({ kind: 'interrupted' });
    if (!reasons.includes(next.reason)) reasons.push(next.reason);
    if ('error' in ready) {
      if (NO_ROOM.has(ready.error.code) && !reasons.includes('no room')) reasons.push('no room');
      state = learn(state, { step: next.kind, heard: 'refused', error: ready.error }, wish, rules);
      continue;
    }
    let answer: Answer<unknown>;
    try {
      answer = await send(session, next, wish, ready.image);
    } catch (error) {
      if (error instanceof InterruptedError)
        return work({ kind: error.why === 'cancelled' ? 'cancelled' : 'interrupted' });
      if (!(error instanceof StoreRejectedError)) throw error;
      // Before the call or after it: what it may have changed is unknown, what was acknowledged earlier is kept.
      if (!isLook(next.kind)) state = learn(state, { step: next.kind, heard: 'lost' }, wish, rules);
      const stop = stopForRefusal(error);
      return work({ kind: 'stopped', error: { code: stop.code, message: stop.message } }, stop);
    }
    const heard = await hear(session, next, wish, answer);
    if (heard.heard === 'another-way') continue;
    if (heard.heard === 'stop') {
      const { stop } = heard;
      // What this call may have changed is unknown from now on.
      if (heard.lost) state = learn(state, { step: next.kind, heard: 'lost' }, wish, rules);
      return work({ kind: 'stopped', error: { code: stop.code, message: stop.message } }, stop);
    }
    const before = state;
    state = learn(state, heard, wish, rules);
    countRoom(session, before, state);
  }
  const error = {
    code: 'no_progress',
    message: `The device's answers about person ${wish.employeeNo} contradict each other: after ${MAX_STEPS} calls it is still not in step. Restart the terminal and try again.`,
  };
  state = learn(state, { step: 'modify-person', heard: 'refused', error }, wish, rules);
  return work({ kind: 'over' });
}

/** Whether a step list contains anything that changes the half of a pair: what is marked unknown beforehand. */
export const touches = (steps: readonly Step[]): { person: boolean; face: boolean } => ({
  person: steps.some(({ kind }) => changesDevice(kind) && !isFaceStep(kind)),
  face: steps.some(({ kind }) => changesDevice(kind) && isFaceStep(kind)),
});
