import type { Exchange } from '../exchange.ts';
import type { ExchangePlan } from '../exchange-plan.ts';
import type { Fault, FaultWhat } from '../fault.ts';
import type { FaultKind, KindName } from '../fault-kind.ts';
import { answer } from './answer.ts';
import { answerLost } from './answer-lost.ts';
import { busy } from './busy.ts';
import { clockWrong } from './clock-wrong.ts';
import { delay } from './delay.ts';
import { downloadFails } from './download-fails.ts';
import { dripping } from './dripping.ts';
import { editedAtTerminal } from './edited-at-terminal.ts';
import { facesFull } from './faces-full.ts';
import { html } from './html.ts';
import { http503 } from './http-503.ts';
import { malformed } from './malformed.ts';
import { modellingFails } from './modelling-fails.ts';
import { offline } from './offline.ts';
import { passwordChanged } from './password-changed.ts';
import { personsFull } from './persons-full.ts';
import { reboot } from './reboot.ts';
import { refused } from './refused.ts';
import { reset } from './reset.ts';
import { silence } from './silence.ts';
import { slowModelling } from './slow-modelling.ts';
import { subStatus } from './sub-status.ts';
import { truncated } from './truncated.ts';
import { wrongContentType } from './wrong-content-type.ts';
import { wrongPassword } from './wrong-password.ts';

/** Every kind of fault under its name; the compiler refuses a kind of the contract that has no file here. */
export const faultKinds: { readonly [K in KindName]: FaultKind<K> } = {
  silence,
  delay,
  refused,
  reset,
  'answer-lost': answerLost,
  truncated,
  dripping,
  'wrong-content-type': wrongContentType,
  malformed,
  html,
  'http-503': http503,
  busy,
  answer,
  'sub-status': subStatus,
  'persons-full': personsFull,
  'faces-full': facesFull,
  'download-fails': downloadFails,
  'modelling-fails': modellingFails,
  'slow-modelling': slowModelling,
  'wrong-password': wrongPassword,
  'password-changed': passwordChanged,
  reboot,
  offline,
  'clock-wrong': clockWrong,
  'edited-at-terminal': editedAtTerminal,
};

export const kindNames = Object.keys(faultKinds) as KindName[];

/** How a kind acts, without its own types. */
export function actsOf(what: FaultWhat): FaultKind['acts'] {
  return faultKinds[what.kind].acts;
}

/** Whether a fault is decided on when the head of a signed request has come, not when its body has. */
export function actsEarly({ what, when }: Pick<Fault, 'what' | 'when'>): boolean {
  const kind = faultKinds[what.kind] as FaultKind;
  return when?.employeeNo === undefined && kind.early?.(what) === true;
}

/** False when the kind has no meaning for this exchange, such as `persons-full` for a face. */
export function kindFits(what: FaultWhat, exchange: Exchange): boolean {
  return faultKinds[what.kind].fits?.(exchange) ?? true;
}

/** Lets a kind write into the plan. The lookup by `what.kind` and `what` belong together, which a union cannot express. */
export function bendPlan(plan: ExchangePlan, what: FaultWhat, roll: number): void {
  const kind = faultKinds[what.kind] as FaultKind;
  kind.bend(plan, what, roll);
}
