import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';
import { Accounts, type AccountSeed, type AccountsSnapshot } from './accounts.ts';
import { DetailDelete } from './detail-delete.ts';
import { Faces, type FacesSnapshot } from './faces.ts';
import { Hold } from './hold.ts';
import type { Identity } from './identity.ts';
import { Persons, type Person } from './persons.ts';

/** All a terminal remembers, as plain JSON. */
export interface TerminalSnapshot {
  version: 1;
  accounts: AccountsSnapshot;
  persons: Person[];
  faces: FacesSnapshot;
}

export interface TerminalOptions {
  traits: Traits;
  clock: Clock;
  random: Random;
  identity: Identity;
  accounts: AccountSeed[];
  activated: boolean;
}

/** The device itself: a state machine without sockets and timers. Each part keeps one kind of state. */
export class Terminal {
  readonly traits: Traits;
  readonly identity: Identity;
  readonly hold = new Hold();
  readonly accounts: Accounts;
  readonly persons = new Persons();
  readonly faces: Faces;
  readonly detailDelete: DetailDelete;

  constructor({ traits, clock, identity, accounts, activated }: TerminalOptions) {
    this.traits = traits;
    this.identity = identity;
    this.accounts = new Accounts({ traits, clock, accounts, activated });
    this.faces = new Faces({ infraredLibrary: traits.infraredLibrary });
    this.detailDelete = new DetailDelete({ clock, hold: this.hold });
  }

  /** The person with everything that hangs on them: faces and cards. False when nobody had this number. */
  removePerson(employeeNo: string): boolean {
    if (!this.persons.remove(employeeNo)) return false;
    this.faces.removePerson(employeeNo);
    return true;
  }

  /** Power is gone: what was under way ends without its result, what was stored stays. */
  powerLost(): void {
    this.hold.drop();
  }

  snapshot(): TerminalSnapshot {
    return {
      version: 1,
      accounts: this.accounts.snapshot(),
      persons: this.persons.snapshot(),
      faces: this.faces.snapshot(),
    };
  }

  restore(snapshot: TerminalSnapshot): void {
    this.accounts.restore(snapshot.accounts);
    this.persons.restore(snapshot.persons);
    this.faces.restore(snapshot.faces);
  }

  /** Persons, faces, cards and events are gone; identity and accounts stay. */
  reset(): void {
    this.hold.drop();
    this.persons.clear();
    this.faces.clear();
    this.detailDelete.clear();
  }
}
