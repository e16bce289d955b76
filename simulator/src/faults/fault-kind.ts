import type { ZodType } from 'zod';
import type { Exchange } from './exchange.ts';
import type { ExchangePlan } from './exchange-plan.ts';
import type { FaultWhat } from './fault.ts';

export type KindName = FaultWhat['kind'];
type WhatOf<K extends KindName> = Extract<FaultWhat, { kind: K }>;

/** One kind of fault: what it means, what it looks like in JSON, and what it asks for. No kind performs anything itself. */
export interface FaultKind<K extends KindName = KindName> {
  kind: K;
  /** One sentence for the help and the API. */
  summary: string;
  example: WhatOf<K>;
  schema: ZodType<WhatOf<K>>;
  /** `connection`: the port is closed; `exchange`: bends one exchange; `state`: changes the device once when it fires. */
  acts: 'connection' | 'exchange' | 'state';
  /** Acts before the body has come; only where the fault does not ask whom the body speaks of. */
  early?(what: WhatOf<K>): boolean;
  /** Exchanges the kind has a meaning for, beyond the fault's own `when`; absent: all. */
  fits?(exchange: Exchange): boolean;
  /** Writes what the fault asks for into the plan of the exchange. Where two faults ask for one thing, the first in the list wins. */
  bend(plan: ExchangePlan, what: WhatOf<K>, roll: number): void;
}

/** Keeps the kind's own type while it is written down. */
export function defineKind<K extends KindName>(kind: FaultKind<K>): FaultKind<K> {
  return kind;
}
