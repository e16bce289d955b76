import { nameFingerprint } from '../../model/fingerprints.ts';
import type { FaceResult, ItemError, PersonResult, RunScope } from '../../model/run.ts';
import { isIdentified, type Knowledge, type Tracking } from '../../model/tracking.ts';
import type { StepKind } from './step.ts';

/** Names meant to be written that are kept; more than anybody has between two looks. */
const MAX_SENT_NAMES = 8;

/** The names a person may have on a device because of us. */
export const withSentName = (names: readonly string[], name: string): string[] =>
  [...new Set([...names, nameFingerprint(name)])].slice(-MAX_SENT_NAMES);

/** What a plan depends on beside the pair itself. */
export interface Rules {
  work: RunScope['work'];
  updateExisting: boolean;
  adoptFaces: 'replace' | 'trust';
  adoptPersons: 'any' | 'same-name';
  /** `none`: it is known that the device takes no faces from outside; only a full sync tries again. */
  faceLibrary: 'present' | 'none';
  /** What this device has said it cannot do. */
  unsupported: ReadonlySet<StepKind>;
}

/** One pair while it is worked on: what is known of it on the device, and what came of the steps so far. */
export interface PairState {
  person: Knowledge;
  face: Knowledge;
  accessClosed: boolean;
  /** Send the person even when confirmed. */
  personDue: boolean;
  /** `send`: even when confirmed. `check`: offer it again, the device says whether it still has one. */
  faceDue: 'no' | 'check' | 'send';
  failedBefore: boolean;
  /** This pair was once in step: what changes now is an update, not a person found already there. */
  everSynced: boolean;
  /** As in the row, kept up to date: whoever has the number on the device is ours. */
  identified: boolean;
  sentNames: readonly string[];
  /** A face found here may be taken for ours under `ADOPT_FACES=trust`: we never sent one that was lost. */
  faceAdoptable: boolean;
  /** The device itself said that there is no such person, or no face; it is not just that we never sent one. */
  personSurelyAbsent: boolean;
  faceSurelyAbsent: boolean;
  /** That was a moment ago, while working on this pair: a face found now can only be the one we sent. */
  faceJustAbsent: boolean;
  /** The person was read from the device while working on this pair; with this name, null: not there. */
  looked: boolean;
  foundName: string | null;
  /** How often the device said that the person of a change is not there. */
  toldMissing: number;
  /** What the person step whose answer was lost would have brought. */
  personSent: PersonResult | null;
  /** The answer to adding a face was lost, and there was none before: one found now is ours. */
  faceSent: boolean;
  oldFaceRemoved: boolean;
  /** A face was offered, and the device said that there is one. */
  faceOffered: boolean;
  personResult: PersonResult | null;
  faceResult: FaceResult | null;
  personError: ItemError | null;
  faceError: ItemError | null;
}

/**
 * Runs are dated by the database's clock and results by the daemon's. What was synced this shortly after a run was
 * asked for may have been synced before it: it is sent again, which costs a call and harms nobody.
 */
const CLOCK_SKEW_MS = 1000;

/**
 * @param row The tracking row; null when nobody ever looked or sent, which is planned like "not there": adding never
 * harms, and the device says when somebody is there already.
 * @param requestedAtMs When the run was asked for: a pair that another run brought in step since is not sent again.
 */
export function startOf(
  row: Tracking | null,
  scope: Pick<RunScope, 'work' | 'mode'>,
  requestedAtMs: number,
): PairState {
  const doneSince =
    row?.status === 'sincronizat' && (row.syncedAtMs ?? -Infinity) > requestedAtMs + CLOCK_SKEW_MS;
  const full = scope.mode === 'full' && !doneSince;
  return {
    person: row?.person ?? { state: 'absent' },
    face: row?.face ?? { state: 'absent' },
    accessClosed: row?.accessClosed ?? false,
    personDue: full,
    faceDue: full ? 'send' : scope.work === 'face-only' && !doneSince ? 'check' : 'no',
    failedBefore: row?.status === 'eroare',
    everSynced: row?.syncedAtMs != null,
    identified: row !== null && isIdentified(row),
    sentNames: row?.sentNames ?? [],
    faceAdoptable: row === null || row.status === 'sincronizat',
    personSurelyAbsent: row?.person.state === 'absent',
    faceSurelyAbsent: row?.face.state === 'absent',
    faceJustAbsent: false,
    looked: false,
    foundName: null,
    toldMissing: 0,
    personSent: null,
    faceSent: false,
    oldFaceRemoved: false,
    faceOffered: false,
    personResult: null,
    faceResult: null,
    personError: null,
    faceError: null,
  };
}

/** The device itself said, while this pair was worked on, that there is no such person; whatever was done about it since. */
export const isSaidGone = ({ toldMissing, looked, foundName }: PairState): boolean =>
  toldMissing > 0 || (looked && foundName === null);
