import type { Answer } from '../../isapi/answer.ts';
import type { FoundPerson, PersonPage } from '../../isapi/device-client.ts';
import type { Employee } from '../../model/employee.ts';
import type { Line } from '../../model/run.ts';
import type { Tracking } from '../../model/tracking.ts';
import { stopOf, type DeviceStop } from '../stop/device-stop.ts';
import {
  closedWish,
  learnClosing,
  nextClosingStep,
  startClosing,
  type ClosingLesson,
  type ClosingRules,
  type ClosingState,
  type ClosingStepKind,
} from '../plan/closing.ts';
import { MAX_STEPS } from '../plan/plan.ts';
import type { Session } from '../device/session.ts';

/** A closing that was worked on. */
export interface Closed {
  line: Line;
  tracking: Tracking;
}

function send(session: Session, kind: ClosingStepKind, state: ClosingState): Promise<Answer<unknown>> {
  const { client, ask } = session;
  const employeeNo = String(state.employeeNo);
  const label = (operation: string) => ({ operation, employeeNo: state.employeeNo, reason: 'leaver' });
  const closed = closedWish(state, session.parts.options.validity);
  switch (kind) {
    case 'look-person':
      return ask(label('searchPersons'), (call) =>
        client.searchPersons({ employeeNos: [employeeNo], position: 0, pageSize: 1 }, call),
      );
    case 'modify-person':
      return ask(label('modifyPerson'), (call) => client.modifyPerson(closed, call));
    case 'set-up-person':
      return ask(label('setUpPerson'), (call) => client.setUpPerson(closed, call));
    case 'delete-person':
      return ask(label('deletePerson'), (call) => client.deletePerson(employeeNo, call));
  }
}

type Heard = ClosingLesson | { heard: 'another-way' } | { heard: 'stop'; stop: DeviceStop; lost: boolean };

function hear(session: Session, kind: ClosingStepKind, state: ClosingState, answer: Answer<unknown>): Heard {
  const { verdict } = answer;
  const looking = kind === 'look-person';
  const refused = { code: verdict.code, message: verdict.message };
  const stop = (lost: boolean): Heard => ({ heard: 'stop', stop: stopOf(verdict), lost });
  switch (verdict.class) {
    case 'done':
    case 'already': {
      if (!looking) return { step: kind, heard: 'done' };
      const { persons } = (answer.value as PersonPage | null) ?? { persons: [] };
      const person = persons.find(({ employeeNo }) => employeeNo === String(state.employeeNo)) ?? null;
      return { step: kind, heard: 'found', person };
    }
    case 'missing':
      return looking ? { step: kind, heard: 'found', person: null } : { step: kind, heard: 'missing' };
    case 'unsupported':
      session.abilities.lacks(kind);
      return { heard: 'another-way' };
    case 'item':
    case 'modelling':
    case 'download':
      return { step: kind, heard: 'refused', error: refused };
    case 'network':
      if (verdict.delivery !== 'unknown' || looking) return stop(false);
      session.lostAnswersLeft -= 1;
      return session.lostAnswersLeft < 0 ? stop(true) : { step: kind, heard: 'lost' };
    case 'full':
    case 'credentials':
    case 'busy':
      return stop(false);
    case 'unknown':
      return stop(!looking);
  }
}

function resultOf(
  session: Session,
  row: Tracking,
  employee: Employee | null,
  state: ClosingState,
  stop: DeviceStop | null,
): Closed {
  const closed = state.accessClosed || state.person.state === 'absent';
  // Where nobody was ever found, nobody was identified either: the next one found there is still to be doubted.
  const identified = state.person.state !== 'absent' || session.parts.options.adoptPersons === 'any';
  const error = closed ? null : (state.error ?? (stop && { code: stop.code, message: stop.message }));
  const nobodyThere = state.person.state === 'absent' && state.looked && state.found === null;
  const identity =
    state.person.state === 'absent'
      ? { identified: false, sentNames: [] }
      : state.doubtful
        ? {}
        : { identified: true, sentNames: [] };
  // A look that failed does not end a conflict: without it a row once in step would be taken for ours again.
  const stillDoubted = !closed && state.doubtful && row.errorCode === 'person_conflict';
  const remembered =
    stillDoubted && error?.code !== 'person_conflict'
      ? { code: row.errorCode, message: row.errorMessage }
      : error;
  return {
    line: {
      employeeId: employee?.employeeId ?? null,
      employeeNo: row.employeeNo,
      deviceId: session.deviceId,
      status: closed ? 'sincronizat' : 'eroare',
      person: !closed ? 'failed' : nobodyThere ? 'unchanged' : 'updated',
      face: 'skipped',
      reasons: ['leaver'],
      error,
    },
    tracking: {
      ...row,
      person: state.person,
      face: state.face,
      accessClosed: state.accessClosed,
      ...identity,
      status: closed ? 'sincronizat' : 'eroare',
      syncedAtMs: closed && identified ? session.parts.clock.now() : row.syncedAtMs,
      errorCode: remembered?.code ?? null,
      errorMessage: remembered?.message ?? null,
    },
  };
}

/**
 * Works on one leaver until the access is closed, or cannot be. `stop`: the device itself cannot go on.
 * @param looked What a look at several at once showed of this one; undefined: they were not looked at.
 * @throws InterruptedError LeaseLostError
 */
export async function closeOne(
  session: Session,
  row: Tracking,
  employee: Employee | null,
  rules: ClosingRules,
  looked: FoundPerson | null | undefined,
): Promise<{ closed: Closed; stop: DeviceStop | null }> {
  let state = startClosing(row, employee?.displayName ?? null, session.parts.options.adoptPersons);
  if (looked !== undefined)
    state = learnClosing(state, { step: 'look-person', heard: 'found', person: looked }, rules.template);
  for (let nth = 0; nth < MAX_STEPS; nth += 1) {
    const next = nextClosingStep(state, rules);
    if (next === null) break;
    if (typeof next !== 'string') {
      state = { ...state, error: next.error };
      break;
    }
    const heard = hear(session, next, state, await send(session, next, state));
    if (heard.heard === 'another-way') continue;
    if (heard.heard === 'stop') {
      if (heard.lost) state = learnClosing(state, { step: next, heard: 'lost' }, rules.template);
      return { closed: resultOf(session, row, employee, state, heard.stop), stop: heard.stop };
    }
    state = learnClosing(state, heard, rules.template);
  }
  return { closed: resultOf(session, row, employee, state, null), stop: null };
}
