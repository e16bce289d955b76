import type { Clock } from './clock.ts';
import type { Fault } from './faults/fault.ts';
import type { DownloadResult } from './isapi/endpoint.ts';
import type { PostToListener, PushReport } from './isapi/notification/pusher.ts';
import type { JournalEntry, JournalFilter } from './journal/journal.ts';
import type { Traits } from './profiles/traits.ts';
import type { PersonEdit } from './terminal/person-edit.ts';

export interface DeviceSpec {
  /** Default `device-1`, `device-2`, … */
  id?: string;
  /** Name of a built-in profile or path of a profile file; default `generic`. */
  profile?: string;
  /** Overrides single traits of the profile. */
  traits?: Partial<Traits>;
  /** 0: a free port. Default: the fleet's `port` + index, or a free one. */
  port?: number;
  scheme?: 'http' | 'https';
  username?: string;
  password?: string;
  /** Further accounts with fewer rights. */
  users?: { username: string; password: string; privilege: 'admin' | 'operator' | 'user' }[];
  activated?: boolean;
  persons?: PersonSeed[];
  /** Faults or names of packaged sets. */
  faults?: (Fault | string)[];
}

export interface PersonSeed {
  employeeNo: string;
  name: string;
  /** The person has a face that nobody here put there. */
  face?: boolean;
}

export interface FleetOptions {
  devices: number | DeviceSpec[];
  /** First port; device k listens on `port` + k. 0 or absent: free ports. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** False: no sockets, only `handle`. Default true. */
  listen?: boolean;
  username?: string;
  password?: string;
  profile?: string;
  traits?: Partial<Traits>;
  /** Everything random comes from it; default 1. */
  seed?: number;
  clock?: Clock;
  /** Hosts a terminal may download pictures from; default loopback. */
  downloadHosts?: string[];
  /** How terminals get a picture; default: a real, bounded fetch of `downloadHosts`. Replace it where there is no network. */
  download?: (url: string) => Promise<DownloadResult>;
  /** How terminals reach their listeners; default: a real, bounded POST to `downloadHosts`. */
  post?: PostToListener;
  /** Room for the pictures that terminals have stored, shared by the fleet; 0: only their fingerprints. Default 32. */
  photoMemoryMiB?: number;
  /** State is kept in this folder across restarts; absent: in memory. */
  stateDir?: string;
}

export interface PersonView {
  employeeNo: string;
  name: string;
  userType: string;
  valid: { enable: boolean; beginTime: string; endTime: string };
  doorRight: string;
  rightPlan: { doorNo: number; planTemplateNo: string }[];
  numOfFace: number;
  numOfCard: number;
}

export interface FaceView {
  FDID: string;
  FPID: string;
  /** SHA-256 of the picture's bytes, hex: whose face it is can be proved from outside. */
  sha256: string;
  sizeBytes: number;
  /** How it came: `url` with its address, `upload`, `seeded`, `captured`. */
  origin: string;
}

export interface CardView {
  cardNo: string;
  employeeNo: string;
  cardType: string;
}

/** A line of the device's event log. What an event does not have is absent, as on the wire. */
export interface EventView {
  serialNo: number;
  /** As the device believed: `2026-07-13T19:14:08+03:00`. */
  time: string;
  /** 1 alarm, 2 exception, 3 operation, 5 access. */
  major: number;
  minor: number;
  employeeNo?: string | undefined;
  name?: string | undefined;
  cardNo?: string | undefined;
  doorNo?: number | undefined;
  /** The door waits for a remote verification. */
  remoteCheck?: boolean | undefined;
}

/** `seen`: calls that fitted it so far; `fired`: those it took part in. */
export interface FaultCount {
  id: string;
  seen: number;
  fired: number;
}

/** In-process call of a device, past its socket: same pipeline, same faults, same journal. */
export interface HandRequest {
  method: string;
  /** Path with query. */
  target: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  remoteAddress?: string;
  /** Ends a stream; a caller that gives up on an answer. */
  signal?: AbortSignal;
  /** The head of a stream, before its first piece. */
  onHead?: (head: { status: number; headers: Record<string, string> }) => void;
  /** Each piece of a stream, as it comes. */
  onData?: (chunk: Buffer) => void;
}

export type HandAnswer =
  | { kind: 'answer'; status: number; headers: Record<string, string | string[]>; body: Buffer }
  /**
   * What a client would see on a socket: nothing until it gives up, a reset, a refusal. Told at once, silence too: the
   * caller waits as long as its own patience lasts. `done` says whether the device carried the request out.
   */
  | { kind: 'no-answer'; how: 'silence' | 'reset' | 'refused' | 'truncated'; done: boolean };

export interface SimulatedDevice {
  readonly id: string;
  /** `http://127.0.0.1:9101`; empty when not listening. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  readonly username: string;
  /** The present one: a fault or `changePassword` may have changed it. */
  readonly password: string;
  readonly serialNumber: string;
  readonly model: string;
  readonly profile: string;
  /** SHA-256 of the HTTPS certificate, hex; null on http. */
  readonly certificateFingerprint: string | null;
  readonly power: 'on' | 'off' | 'rebooting';

  persons(): PersonView[];
  faces(): FaceView[];
  cards(): CardView[];
  /** The newest `limit` events (default 100), oldest of them first. */
  events(limit?: number): EventView[];
  /** How many, without listing them. */
  counts(): { persons: number; faces: number };
  requests(filter?: JournalFilter): JournalEntry[];
  /** Resolves with the next journal entry that fits, or the first kept one when `includePast`. */
  waitForRequest(
    filter: JournalFilter,
    options?: { includePast?: boolean; signal?: AbortSignal },
  ): Promise<JournalEntry>;

  setFaults(faults: (Fault | string)[]): void;
  addFault(fault: Fault | string): string;
  removeFault(faultId: string): boolean;
  clearFaults(): void;
  faults(): Fault[];
  /** How often each fault has taken part, from when it did; a call that it holds up counts already. */
  faultCounts(): FaultCount[];

  handle(request: HandRequest): Promise<HandAnswer>;
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
  /** Away for `awayMs` (default: the profile's), then back with its data, lock cleared, nonces gone. */
  reboot(awayMs?: number): Promise<void>;
  changePassword(password: string): void;
  /** Somebody types at the terminal. */
  editAtTerminal(change: PersonEdit): void;
  showFace(employeeNo: string | null): void;
  showCard(cardNo: string): void;
  setClockOffset(offsetMs: number): void;
  snapshot(): unknown;
  restore(snapshot: unknown): void;
  /** Persons, faces, cards, events, faults and journal are gone; identity and credentials stay. */
  reset(): void;
}

export interface Fleet {
  readonly devices: readonly SimulatedDevice[];
  readonly seed: number;
  readonly clock: Clock;
  device(id: string): SimulatedDevice;
  addDevice(spec: DeviceSpec): Promise<SimulatedDevice>;
  removeDevice(id: string): Promise<void>;
  /** Every journal entry and state change, for the live feed. Returns the way to stop. */
  subscribe(listener: (entry: FleetEvent) => void): () => void;
  stop(): Promise<void>;
}

export type FleetEvent =
  | { type: 'request'; entry: JournalEntry }
  | {
      type: 'device';
      deviceId: string;
      what: 'added' | 'removed' | 'power' | 'faults' | 'reset' | 'restored' | 'changed';
    }
  | { type: 'access'; deviceId: string; event: unknown }
  | { type: 'push'; deviceId: string; push: PushReport };
