import type { ItemError } from '../../model/run.ts';

type PersonStepKind = 'look-person' | 'record-person' | 'modify-person' | 'set-up-person' | 'delete-person';
export type FaceStepKind = 'look-face' | 'add-face' | 'set-up-face' | 'delete-face';
export type StepKind = PersonStepKind | FaceStepKind;

/** Why a step is planned; written into the line, shown by a dry run. */
export type Reason =
  | 'new'
  | 'name changed'
  | 'settings changed'
  | 'photo changed'
  | 'failed before'
  | 'unknown on device'
  | 'not confirmed on device'
  | 'missing on device'
  | 'active again'
  | 'leaver'
  | 'asked in full'
  | 'asked for the photo'
  | 'no face library';

export interface Step {
  kind: StepKind;
  reason: Reason;
}

/** What cannot be done is said, not tried: one half of the pair fails, or (`device`) the device lacks what it takes. */
export interface GiveUp {
  kind: 'give-up';
  half: 'person' | 'face';
  scope: 'item' | 'device';
  error: ItemError;
}

export type Next = Step | GiveUp | null;

/** Steps that change something on the device; the others only look. */
export const changesDevice = (kind: StepKind): boolean => kind !== 'look-person' && kind !== 'look-face';

export const isFaceStep = (kind: StepKind): kind is FaceStepKind =>
  kind === 'look-face' || kind === 'add-face' || kind === 'set-up-face' || kind === 'delete-face';
