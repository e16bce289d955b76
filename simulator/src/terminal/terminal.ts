import type { Clock } from '../clock.ts';
import type { Traits } from '../profiles/traits.ts';
import type { Random } from '../random.ts';
import { Accounts, type AccountSeed, type AccountsSnapshot } from './accounts.ts';
import { Cards, type Card } from './cards.ts';
import { DetailDelete } from './detail-delete.ts';
import { DeviceTime, type DeviceTimeSnapshot } from './device-time.ts';
import { Doors, type DoorSnapshot } from './doors.ts';
import { EventLog, type EventLogSnapshot } from './events.ts';
import { Faces, type FacesSnapshot } from './faces.ts';
import { Hold } from './hold.ts';
import { HttpHosts, type HttpHost } from './http-hosts.ts';
import type { Identity } from './identity.ts';
import { Persons, type Person } from './persons.ts';
import { Pictures, type PicturesSnapshot } from './pictures.ts';
import { Plans, type PlansSnapshot } from './plans.ts';
import { Settings, type SettingsSnapshot } from './settings.ts';

/** All a terminal remembers, as plain JSON. */
export interface TerminalSnapshot {
  version: 1;
  accounts: AccountsSnapshot;
  persons: Person[];
  faces: FacesSnapshot;
  cards: Card[];
  events: EventLogSnapshot;
  doors: DoorSnapshot[];
  plans: PlansSnapshot;
  hosts: HttpHost[] | null;
  deviceTime: DeviceTimeSnapshot;
  pictures: PicturesSnapshot;
  settings: SettingsSnapshot;
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
  readonly cards: Cards;
  readonly deviceTime: DeviceTime;
  readonly events: EventLog;
  readonly doors: Doors;
  readonly plans = new Plans();
  readonly hosts: HttpHosts;
  readonly pictures = new Pictures();
  readonly settings = new Settings();

  constructor({ traits, clock, identity, accounts, activated }: TerminalOptions) {
    this.traits = traits;
    this.identity = identity;
    this.accounts = new Accounts({ traits, clock, accounts, activated });
    this.faces = new Faces({ infraredLibrary: traits.infraredLibrary });
    this.detailDelete = new DetailDelete({ clock, hold: this.hold });
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
    return {
      version: 1,
      accounts: this.accounts.snapshot(),
      persons: this.persons.snapshot(),
      faces: this.faces.snapshot(),
      cards: this.cards.snapshot(),
      events: this.events.snapshot(),
      doors: this.doors.snapshot(),
      plans: this.plans.snapshot(),
      hosts: this.hosts.snapshot(),
      deviceTime: this.deviceTime.snapshot(),
      pictures: this.pictures.snapshot(),
      settings: this.settings.snapshot(),
    };
  }

  restore(snapshot: TerminalSnapshot): void {
    this.accounts.restore(snapshot.accounts);
    this.persons.restore(snapshot.persons);
    this.faces.restore(snapshot.faces);
    this.cards.restore(snapshot.cards);
    this.events.restore(snapshot.events);
    this.doors.restore(snapshot.doors);
    this.plans.restore(snapshot.plans);
    this.hosts.restore(snapshot.hosts);
    this.deviceTime.restore(snapshot.deviceTime);
    this.pictures.restore(snapshot.pictures);
    this.settings.restore(snapshot.settings);
  }

  /** All that was written to the device is gone; identity, accounts and the clock stay. */
  reset(): void {
    this.hold.drop();
    this.persons.clear();
    this.faces.clear();
    this.detailDelete.clear();
    this.cards.clear();
    this.events.clear();
    this.doors.clear();
    this.plans.clear();
    this.hosts.clear();
    this.pictures.clear();
    this.settings.clear();
  }
}
