import type { FoundPerson, PersonPage } from '../../isapi/device-client.ts';
import type { Strangers } from '../../model/run.ts';
import { isIdentified, type Tracking } from '../../model/tracking.ts';
import type { Page } from '../../store/store.ts';
import { learnAbilities, meet } from './first-contact.ts';
import { adopt, ourNumber, type AdoptionRules } from '../plan/adopt.ts';
import { readPersons } from './read-persons.ts';
import type { Session } from './session.ts';

/** Pages of one inventory: 100,000 persons, more than any terminal holds; some firmware never ends [vendor]. */
const MAX_PAGES = 4000;
/** Tracking rows read at a time when looking for whom the device lost. */
const ROWS_PAGE = 500;

/** Strangers told by their number; the others are counted. */
const MAX_STRANGERS_NAMED = 100;
/** What a device takes for a number [UserInfo/capabilities, employeeNo 1..32]. */
const MAX_NUMBER_CHARS = 32;

export interface Inventory {
  persons: number;
  /** Of them, active or former employees of ours. */
  ours: number;
  faces: number | null;
  strangers: Strangers;
}

interface Tally {
  seen: Set<number>;
  persons: number;
  faces: number | null;
  ours: number;
  strangers: Strangers;
  /** The device's count stayed the same from page to page: nobody was added or removed while we read. */
  steady: boolean;
}

const rulesOf = (session: Session): AdoptionRules => ({
  deviceId: session.deviceId,
  adoptFaces: session.parts.options.adoptFaces,
  adoptPersons: session.parts.options.adoptPersons,
  template: session.parts.options.validity,
});

function meetStranger({ strangers }: Tally, { employeeNo }: FoundPerson): void {
  strangers.count += 1;
  if (strangers.employeeNos.length < MAX_STRANGERS_NAMED)
    strangers.employeeNos.push(employeeNo.slice(0, MAX_NUMBER_CHARS));
}

async function takeIn(session: Session, found: FoundPerson[], tally: Tally): Promise<void> {
  const { store } = session.parts;
  const numbered = new Map<number, FoundPerson>();
  for (const person of found) {
    tally.persons += 1;
    if (person.numOfFace === null) tally.faces = null;
    else if (tally.faces !== null) tally.faces += person.numOfFace;
    const employeeNo = ourNumber(person.employeeNo);
    if (employeeNo === null) meetStranger(tally, person);
    else numbered.set(employeeNo, person);
  }
  if (numbered.size === 0) return;
  const numbers = [...numbered.keys()];
  const [employees, rows] = await session.patience.run('compare the device with the database', () =>
    Promise.all([store.readEmployeesByNumber(numbers), store.readTrackingOf(session.deviceId, numbers)]),
  );
  const employeeOf = new Map(employees.map((one) => [one.employeeNo, one]));
  const rowOf = new Map(rows.map((row) => [row.employeeNo, row]));
  const learned: Tracking[] = [];
  for (const [employeeNo, person] of numbered) {
    const row = rowOf.get(employeeNo) ?? null;
    const adoption = adopt(person, employeeNo, employeeOf.get(employeeNo) ?? null, row, rulesOf(session));
    if (adoption.kind === 'stranger') {
      session.strangers.add(employeeNo);
      meetStranger(tally, person);
    } else {
      tally.seen.add(employeeNo);
      if (adoption.kind === 'ours') tally.ours += 1;
      else session.conflicts.set(employeeNo, adoption.row);
      if (adoption.row !== null) learned.push(adoption.row);
    }
  }
  if (learned.length > 0)
    await session.patience.run('write what the device has', () =>
      store.writeTracking(session.lease.current, learned),
    );
}

/**
 * Whom the rows expect on the device and the pages did not show. They count as gone only when the count of the
 * device stood still meanwhile, and a leaver never does: closing access is owed until the device itself says there is
 * nobody to close.
 */
async function noteGone(session: Session, tally: Tally): Promise<number> {
  const { store } = session.parts;
  let gone = 0;
  for (let after: number | null = null; ;) {
    const from: number | null = after;
    const page: Page<Tracking> = await session.patience.run('read the tracking rows', () =>
      store.readTracking(session.deviceId, from, ROWS_PAGE),
    );
    const missing = page.rows.filter(
      (row) =>
        row.person.state !== 'absent' &&
        !tally.seen.has(row.employeeNo) &&
        !session.touched.has(row.employeeNo),
    );
    for (const { employeeNo } of missing) session.missed.add(employeeNo);
    if (missing.length > 0) {
      const employees = await session.patience.run('read whom the device lost', () =>
        store.readEmployeesByNumber(missing.map(({ employeeNo }) => employeeNo)),
      );
      const active = new Set(employees.filter((one) => one.active).map((one) => one.employeeNo));
      const rows = missing.map((row): Tracking => {
        const sure = tally.steady && (active.has(row.employeeNo) || row.accessClosed);
        return sure
          ? {
              ...row,
              person: { state: 'absent' },
              face: { state: 'absent' },
              accessClosed: false,
              identified: false,
              sentNames: [],
              status: 'pending',
            }
          : // A person who turns out to be missing takes the face along.
            {
              ...row,
              identified: isIdentified(row),
              person: { state: 'unknown' },
              face: { state: 'unknown' },
              status: 'pending',
            };
      });
      gone += rows.filter(({ person }) => person.state === 'absent').length;
      await session.patience.run('write whom the device lost', () =>
        store.writeTracking(session.lease.current, rows),
      );
    }
    if (page.next === null) return gone;
    after = page.next;
  }
}

/** Reading one device's list, a page at a time, so that others can come between. */
export interface InventoryWork {
  /** One page. @throws DeviceStoppedError */
  advance(): Promise<'more' | 'over'>;
  /** Once it is over; null where the firmware has no search. */
  readonly result: Inventory | null;
}

/**
 * Reads the device's own list by pages and brings the tracking rows in step with it: N persons cost N/30 calls
 * instead of one try each. Reads only; may be interrupted anywhere and begun again. What others changed between two
 * pages is not judged by an older one: each page is compared the moment it is read, whoever was worked on meanwhile is
 * not missed at the end, and nobody else is missed for certain.
 */
export function beginInventory(session: Session): InventoryWork {
  const { abilities } = session;
  const tally: Tally = {
    seen: new Set(),
    persons: 0,
    faces: 0,
    ours: 0,
    strangers: { count: 0, employeeNos: [] },
    steady: true,
  };
  let total: number | null = null;
  let position: number | null = 0;
  let pages = 0;
  let callsSoFar: number | null = null;
  let result: Inventory | null = null;

  async function end(): Promise<'over'> {
    if (total !== null && tally.persons !== total) tally.steady = false;
    const searched = !abilities.unsupported.has('look-person');
    const gone = searched ? await noteGone(session, tally) : 0;
    session.note({ strangers: searched ? tally.strangers.count : null });
    if (!searched) return 'over';
    const { persons, ours, faces, strangers } = tally;
    session.parts.events.emit('device.inventoried', {
      deviceId: session.deviceId,
      persons,
      ours,
      gone,
      strangers: strangers.count,
    });
    result = { persons, ours, faces, strangers };
    return 'over';
  }

  return {
    async advance() {
      await meet(session);
      await learnAbilities(session);
      if (position === null || pages >= MAX_PAGES || abilities.unsupported.has('look-person')) return end();
      if (callsSoFar !== null && callsSoFar !== session.wire.calls) tally.steady = false;
      const page: PersonPage | null = await readPersons(session, position, 'inventory');
      callsSoFar = session.wire.calls;
      if (page === null) return end();
      pages += 1;
      if (total !== null && page.totalMatches !== total) tally.steady = false;
      total = page.totalMatches;
      await takeIn(session, page.persons, tally);
      // Some firmware announces more and then sends empty pages for ever.
      position = page.persons.length === 0 || (page.next ?? 0) <= position ? null : page.next;
      return position === null ? end() : 'more';
    },
    get result() {
      return result;
    },
  };
}
