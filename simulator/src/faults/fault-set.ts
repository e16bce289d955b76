import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { AppliedFault, Exchange, NamedFault, StateEffects } from './exchange.ts';
import { checkEndpoints } from './check-endpoints.ts';
import { expandFaults } from './expand-faults.ts';
import type { Fault } from './fault.ts';
import { FaultError } from './fault-error.ts';
import { actsEarly, actsOf, kindFits } from './kinds/index.ts';
import { matchesExchange, timeAlone, turnCome, windowOpen } from './matches.ts';

/** A fault with its counters. */
interface Armed {
  fault: NamedFault;
  setAtMs: number;
  /** Calls that fitted otherwise. */
  seen: number;
  /** Calls it took part in. */
  fired: number;
  /** `clock-wrong` only: the offset is in force. */
  inForce: boolean;
}

export type FaultSetSnapshot = Armed[];

const zero = { setAtMs: 0, seen: 0, fired: 0, inForce: false };
const countersSchema = z.array(
  z.strictObject({
    fault: z.unknown(),
    setAtMs: z.number(),
    seen: z.int(),
    fired: z.int(),
    inForce: z.boolean(),
  }),
);

export interface FaultSetOptions {
  clock: Clock;
  random: Random;
  /** Absent: faults that change the device are listed but do nothing. */
  effects?: StateEffects;
  /** Endpoints there are; absent: any name is taken. A fault for a name that does not exist would wait for ever. */
  endpointNames?: readonly string[];
}

const CONNECTION: Exchange = {
  stage: 'connection',
  method: '',
  target: '',
  endpoint: null,
  employeeNo: null,
};

/** How often a fault may fire: a change of the device happens once, unless the fault itself speaks of several times. */
function timesOf(fault: Fault): number {
  const when = fault.when ?? {};
  if (when.times !== undefined) return when.times;
  const once = actsOf(fault.what) === 'state' && when.every === undefined && when.probability === undefined;
  return once ? 1 : Infinity;
}

/** The faults of one device, their counters, and the decision which of them take part in an exchange. */
export class FaultSet {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #effects: StateEffects | undefined;
  readonly #endpointNames: readonly string[] | undefined;
  #armed: Armed[] = [];

  constructor(options: FaultSetOptions) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#effects = options.effects;
    this.#endpointNames = options.endpointNames;
  }

  /** Replaces the whole list; counters start anew. @throws FaultError and leaves the list as it was */
  set(list: readonly (Fault | string)[]): void {
    const faults = this.#expand(list);
    this.clear();
    this.#arm(faults);
  }

  /** Adds a fault or a packaged set. Returns the fault's id, or the set's name: `remove` takes both. @throws FaultError */
  add(fault: Fault | string): string {
    const faults = this.#expand([fault], new Set(this.#armed.map((armed) => armed.fault.id)));
    this.#arm(faults);
    return typeof fault === 'string' ? fault : (faults[0]?.id ?? '');
  }

  /** Removes the fault of this id, or all of the packaged set of this name. False: there was none. */
  remove(id: string): boolean {
    const leaves = (armed: Armed) => armed.fault.id === id || armed.fault.id.startsWith(`${id}/`);
    const leaving = this.#armed.filter(leaves);
    this.#armed = this.#armed.filter((armed) => !leaves(armed));
    leaving.forEach((armed) => {
      this.#release(armed);
    });
    return leaving.length > 0;
  }

  clear(): void {
    const leaving = this.#armed;
    this.#armed = [];
    leaving.forEach((armed) => {
      this.#release(armed);
    });
  }

  list(): NamedFault[] {
    return this.#armed.map((armed) => structuredClone(armed.fault));
  }

  /** How often each fault has taken part so far. */
  counts(): { id: string; seen: number; fired: number }[] {
    return this.#armed.map(({ fault, seen, fired }) => ({ id: fault.id, seen, fired }));
  }

  /**
   * The faults that take part in this exchange, in the order of the list; counts them. Call it once per exchange and
   * stage. Faults that change the device have done so when it returns.
   */
  decide(exchange: Exchange): AppliedFault[] {
    if (this.#armed.length === 0) return [];
    this.settle();
    const applied: AppliedFault[] = [];
    // A copy: an effect may change the list.
    for (const armed of [...this.#armed]) {
      const acts = actsOf(armed.fault.what);
      if ((acts === 'connection') !== (exchange.stage === 'connection')) continue;
      if (exchange.stage === 'signed' && actsEarly(armed.fault) !== (exchange.part === 'head')) continue;
      if (acts === 'state' && this.#dueByTime(armed)) continue;
      const roll = this.#fire(armed, exchange);
      if (roll === null) continue;
      applied.push({ id: armed.fault.id, what: armed.fault.what, roll });
      if (acts === 'state') this.#perform(armed, this.#clock.now());
    }
    return applied;
  }

  /** Whether any fault is to be decided on before the body of a request has come. */
  get actsEarly(): boolean {
    return this.#armed.length > 0 && this.#armed.some(({ fault }) => actsEarly(fault));
  }

  /** Whether this connection finds the port closed. Counts as one connection for `nth`, `times` and the like. */
  connectionRefused(): boolean {
    return this.decide(CONNECTION).length > 0;
  }

  /** Performs the changes of the device whose time has come. Called by `decide`; call it before showing state. */
  settle(): void {
    const nowMs = this.#clock.now();
    for (const armed of [...this.#armed]) {
      if (actsOf(armed.fault.what) !== 'state') continue;
      const when = armed.fault.when ?? {};
      const sinceMs = nowMs - armed.setAtMs;
      if (armed.inForce && !windowOpen(when, sinceMs)) this.#release(armed);
      if (!this.#dueByTime(armed) || armed.fired > 0 || !windowOpen(when, sinceMs)) continue;
      armed.fired = 1;
      this.#perform(armed, armed.setAtMs + (when.fromMs ?? 0));
    }
  }

  /**
   * What the port does by time alone, for whoever opens and closes it: `closed` while a `refused` or `offline` fault
   * without counters holds; `changesInMs` until this may change or a change of the device falls due (then ask again).
   */
  portState(): { closed: boolean; changesInMs: number | null } {
    const nowMs = this.#clock.now();
    let closed = false;
    let changesInMs: number | null = null;
    for (const armed of this.#armed) {
      const when = armed.fault.when ?? {};
      const acts = actsOf(armed.fault.what);
      if (acts === 'exchange' || !timeAlone(when)) continue;
      const sinceMs = nowMs - armed.setAtMs;
      if (acts === 'connection' && windowOpen(when, sinceMs)) closed = true;
      for (const boundaryMs of [when.fromMs, when.untilMs])
        if (boundaryMs !== undefined && boundaryMs > sinceMs)
          changesInMs = Math.min(changesInMs ?? Infinity, boundaryMs - sinceMs);
    }
    return { closed, changesInMs };
  }

  snapshot(): FaultSetSnapshot {
    return structuredClone(this.#armed);
  }

  /**
   * Takes a snapshot's faults with their counters; windows go on from where they were set.
   * @throws FaultError when it is none, and leaves the list as it was
   */
  restore(snapshot: FaultSetSnapshot): void {
    const counters = countersSchema.safeParse(snapshot);
    if (!counters.success)
      throw new FaultError(
        'faults',
        'is no snapshot of faults; give back what snapshot() returned, unchanged.',
      );
    const faults = expandFaults(counters.data.map(({ fault }) => fault));
    this.#armed = faults.map((fault, index) => ({ ...zero, ...counters.data[index], fault }));
  }

  #expand(list: readonly unknown[], taken?: ReadonlySet<string>): NamedFault[] {
    const faults = expandFaults(list, taken);
    if (this.#endpointNames) checkEndpoints(faults, this.#endpointNames);
    return faults;
  }

  #arm(faults: NamedFault[]): void {
    const setAtMs = this.#clock.now();
    this.#armed.push(
      ...faults.map((fault) => ({ fault, setAtMs, seen: 0, fired: 0, inForce: false }) satisfies Armed),
    );
    this.settle();
  }

  /** The roll when the fault takes part, else null. */
  #fire(armed: Armed, exchange: Exchange): number | null {
    const { fault } = armed;
    const when = fault.when ?? {};
    if (!windowOpen(when, this.#clock.now() - armed.setAtMs)) return null;
    if (!matchesExchange(when, exchange) || !kindFits(fault.what, exchange)) return null;
    armed.seen += 1;
    if (!turnCome(when, armed.seen) || armed.fired >= timesOf(fault)) return null;
    // One own number per fault and call: other faults, and calls that do not fit, shift nothing.
    const draw = this.#random.fork(`${fault.id}#${armed.seen}`);
    if (when.probability !== undefined && draw.next() >= when.probability) return null;
    armed.fired += 1;
    return draw.next();
  }

  #dueByTime(armed: Armed): boolean {
    return timeAlone(armed.fault.when ?? {});
  }

  #perform(armed: Armed, atMs: number): void {
    const { what } = armed.fault;
    switch (what.kind) {
      case 'password-changed':
        this.#effects?.changePassword(what.password);
        return;
      case 'reboot':
        this.#effects?.reboot({ awayMs: what.awayMs, atMs });
        return;
      case 'edited-at-terminal': {
        const { kind: _kind, ...change } = what;
        this.#effects?.editAtTerminal(change);
        return;
      }
      case 'clock-wrong':
        armed.inForce = true;
        this.#effects?.setClockOffset(what.offsetMs);
        return;
      default:
    }
  }

  /** A wrong clock is right again when its fault ends; other changes stay made. */
  #release(armed: Armed): void {
    if (!armed.inForce) return;
    armed.inForce = false;
    this.#effects?.setClockOffset(0);
  }
}
