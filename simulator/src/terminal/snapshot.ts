import type { AccountsSnapshot } from './accounts.ts';
import type { Card } from './cards.ts';
import type { DeviceTimeSnapshot } from './device-time.ts';
import type { DoorSnapshot } from './doors.ts';
import type { EventLogSnapshot } from './events.ts';
import type { FacesSnapshot } from './faces.ts';
import type { HttpHost } from './http-hosts.ts';
import type { Person } from './persons.ts';
import type { PicturesSnapshot } from './pictures.ts';
import type { PlansSnapshot } from './plans.ts';
import type { SettingsSnapshot } from './settings.ts';

/** All a terminal remembers, as plain JSON. Picture bytes are not part of it, only their fingerprints. */
export interface TerminalSnapshot {
  version: 1;
  accounts: AccountsSnapshot;
  persons: Person[];
  faces: FacesSnapshot;
  cards: Card[];
  deviceTime: DeviceTimeSnapshot;
  events: EventLogSnapshot;
  doors: DoorSnapshot[];
  plans: PlansSnapshot;
  hosts: HttpHost[] | null;
  pictures: PicturesSnapshot;
  settings: SettingsSnapshot;
}

/** A copy that shares nothing with the terminal. Throws when it is no snapshot of a terminal. */
export function copySnapshot(snapshot: TerminalSnapshot): TerminalSnapshot {
  if (typeof snapshot !== 'object' || (snapshot as TerminalSnapshot | null)?.version !== 1)
    throw new Error('This is no snapshot of a terminal: it has no "version": 1. Take one with snapshot().');
  return structuredClone(snapshot);
}
