import { ChunkedList } from './chunked-list.ts';
import { IdMap } from './id-map.ts';

export interface Validity {
  enable: boolean;
  /** As it was written: `2025-10-10T00:00:00`, device-local unless it carries an offset. */
  beginTime: string;
  endTime: string;
  timeType: 'local' | 'UTC';
}

export interface RightPlan {
  doorNo: number;
  /** One number or a comma list; empty: no plan, the door stays shut. */
  planTemplateNo: string;
}

/** What a person written to the device consists of. Shared between persons where equal, so never changed in place. */
export interface PersonData {
  readonly name: string;
  readonly userType: string;
  readonly valid: Validity;
  readonly doorRight: string;
  readonly rightPlan: readonly RightPlan[];
  /** Further fields that were written, checked already: gender, roomNumber, … */
  readonly extras: Readonly<Record<string, unknown>> | null;
}

export interface Person extends PersonData {
  readonly employeeNo: string;
}

interface Slot {
  person: Person;
  /** Grows with every new person: gives the order of the list. */
  readonly arrival: number;
}

/** Kinds of validity and plan that are shared; beyond that each person keeps its own copy. */
const MAX_SHARED = 256;

/** The persons of a terminal, in order of arrival. Ids are compared as they are: `007`, `7` and `A1`, `a1` differ. */
export class Persons {
  #byId = new IdMap<Slot>();
  #order = new ChunkedList<Slot>();
  #arrivals = 0;
  #validities = new Shared(validityKey);
  #plans = new Shared(plansKey);

  get size(): number {
    return this.#byId.size;
  }

  has(employeeNo: string): boolean {
    return this.#byId.has(employeeNo);
  }

  get(employeeNo: string): Person | undefined {
    return this.#byId.get(employeeNo)?.person;
  }

  /** Adds the person or replaces the data of the one with this number, who keeps the place in the list. */
  set(employeeNo: string, data: PersonData): void {
    const slot = this.#byId.get(employeeNo);
    const before = slot?.person;
    const person: Person = {
      employeeNo,
      name: data.name,
      userType: data.userType,
      valid: this.#validities.of(data.valid, before?.valid, isSameValidity),
      doorRight: data.doorRight,
      rightPlan: this.#plans.of(data.rightPlan, before?.rightPlan, areSamePlans),
      extras: data.extras,
    };
    if (slot) {
      slot.person = person;
      return;
    }
    this.#arrivals += 1;
    const added: Slot = { person, arrival: this.#arrivals };
    this.#byId.set(employeeNo, added);
    this.#order.add(added);
  }

  /** False when nobody had this number. Faces and cards are the terminal's business: see `Terminal.removePerson`. */
  remove(employeeNo: string): boolean {
    const slot = this.#byId.get(employeeNo);
    if (!slot) return false;
    this.#byId.delete(employeeNo);
    return this.#order.remove(slot, (other) => other.arrival < slot.arrival);
  }

  /** At most `count` persons from `position`, counted from 0 in order of arrival. */
  page(position: number, count: number): Person[] {
    return this.#order.page(position, count).map((slot) => slot.person);
  }

  *[Symbol.iterator](): Generator<Person> {
    for (const slot of this.#order) yield slot.person;
  }

  clear(): void {
    this.#byId.clear();
    this.#order.clear();
  }

  snapshot(): Person[] {
    return Array.from(this, (person) => structuredClone(person));
  }

  restore(snapshot: readonly Person[]): void {
    this.clear();
    for (const { employeeNo, ...data } of snapshot) this.set(employeeNo, data);
  }
}

/** A thousand persons of a site mostly have the same validity and plan: one object serves them all. */
class Shared<Value extends object> {
  readonly #known = new Map<string, Value>();
  readonly #keyOf: (value: Value) => string;

  constructor(keyOf: (value: Value) => string) {
    this.#keyOf = keyOf;
  }

  /** The value all others share that are equal to `value`; `before`, where it is that one, saves the search. */
  of(value: Value, before: Value | undefined, areEqual: (a: Value, b: Value) => boolean): Value {
    if (before !== undefined && areEqual(value, before)) return before;
    // Frozen already: whoever made it shares it.
    if (Object.isFrozen(value)) return value;
    const key = this.#keyOf(value);
    const same = this.#known.get(key);
    if (same) return same;
    if (this.#known.size < MAX_SHARED) this.#known.set(key, Object.freeze(value));
    return value;
  }
}

function isSameValidity(a: Validity, b: Validity): boolean {
  return (
    a.beginTime === b.beginTime &&
    a.endTime === b.endTime &&
    a.enable === b.enable &&
    a.timeType === b.timeType
  );
}

function areSamePlans(a: readonly RightPlan[], b: readonly RightPlan[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ doorNo, planTemplateNo }, index) => {
      const other = b[index];
      return other?.doorNo === doorNo && other.planTemplateNo === planTemplateNo;
    })
  );
}

/** Dates and plan numbers hold no blank, they were checked before. */
function validityKey({ enable, beginTime, endTime, timeType }: Validity): string {
  return `${enable} ${beginTime} ${endTime} ${timeType}`;
}

function plansKey(plans: readonly RightPlan[]): string {
  let key = '';
  for (const { doorNo, planTemplateNo } of plans) key += `${doorNo} ${planTemplateNo} `;
  return key;
}
