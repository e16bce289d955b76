import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';
import { Accounts, type AccountSeed } from './accounts.ts';
import { Cards } from './cards.ts';
import { DetailDelete } from './detail-delete.ts';
import { DeviceTime } from './device-time.ts';
import { Doors } from './doors.ts';
import { EventLog } from './events.ts';
import { Faces } from './faces.ts';
import { Hold } from './hold.ts';
import { HttpHosts } from './http-hosts.ts';
import type { Identity } from './identity.ts';
import { Persons } from './persons.ts';
import { PhotoShelf } from './photo-shelf.ts';
import { Pictures } from './pictures.ts';
import { Plans } from './plans.ts';
import { Settings } from './settings.ts';
import { copySnapshot, type TerminalSnapshot } from './snapshot.ts';

export type { TerminalSnapshot } from './snapshot.ts';

export interface TerminalOptions {
  traits: Traits;
  clock: Clock;
  random: Random;
  identity: Identity;
  accounts: AccountSeed[];
  activated: boolean;
  /** One for all terminals of a process, so that a picture sent to fifty of them is decoded and kept once. */
  photos?: PhotoShelf;
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
  readonly photos: PhotoShelf;
  readonly cards: Cards;
  readonly deviceTime: DeviceTime;
  readonly events: EventLog;
  readonly doors: Doors;
  readonly plans = new Plans();
  readonly hosts: HttpHosts;
  readonly pictures = new Pictures();
  readonly settings = new Settings();

  constructor({ traits, clock, identity, accounts, activated, photos }: TerminalOptions) {
    this.traits = traits;
    this.identity = identity;
    this.accounts = new Accounts({ traits, clock, accounts, activated });
    this.faces = new Faces({ infraredLibrary: traits.infraredLibrary });
    this.detailDelete = new DetailDelete({ clock, hold: this.hold });
    this.photos = photos ?? new PhotoShelf();
    this.cards = new Cards({ traits, personExists: (employeeNo) => this.persons.has(employeeNo) });
    this.deviceTime = new DeviceTime({ clock });
    this.events = new EventLog({ traits, deviceTime: this.deviceTime });
    this.doors = new Doors({ traits, clock });
    this.hosts = new HttpHosts({ traits });
  }

  /** The person with everything that hangs on them: faces and cards. False when nobody had this number. */
  removePerson(employeeNo: string): boolean {
    if (!this.persons.remove(employeeNo)) return false;
    this.faces.removePerson(employeeNo);
    this.cards.removeOf(employeeNo);
    return true;
  }

  /** Power is gone: what was under way ends without its result, what was stored stays. */
  powerLost(): void {
    this.hold.drop();
    this.doors.powerCut();
    this.pictures.dropLinks();
  }

  snapshot(): TerminalSnapshot {
    return copySnapshot({
      version: 1,
      accounts: this.accounts.snapshot(),
      persons: this.persons.snapshot(),
      faces: this.faces.snapshot(),
      cards: this.cards.snapshot(),
      deviceTime: this.deviceTime.snapshot(),
      events: this.events.snapshot(),
      doors: this.doors.snapshot(),
      plans: this.plans.snapshot(),
      hosts: this.hosts.snapshot(),
      pictures: this.pictures.snapshot(),
      settings: this.settings.snapshot(),
    });
  }

  /** Takes over a snapshot; what was under way ends without its result. */
  restore(snapshot: TerminalSnapshot): void {
    const own = copySnapshot(snapshot);
    this.hold.drop();
    this.accounts.restore(own.accounts);
    this.persons.restore(own.persons);
    this.faces.restore(own.faces);
    this.cards.restore(own.cards);
    this.deviceTime.restore(own.deviceTime);
    this.events.restore(own.events);
    this.doors.restore(own.doors);
    this.plans.restore(own.plans);
    this.hosts.restore(own.hosts);
    this.pictures.restore(own.pictures);
    this.settings.restore(own.settings);
  }

  /** All that was written to the device is gone; identity, accounts and the clock stay, and the login lock is open. */
  reset(): void {
    this.hold.drop();
    this.accounts.lock.clear();
    const parts = [this.persons, this.faces, this.cards, this.detailDelete, this.events];
    for (const part of parts) part.clear();
    for (const part of [this.doors, this.plans, this.hosts, this.pictures, this.settings]) part.clear();
  }
}
