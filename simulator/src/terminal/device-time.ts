import type { Clock } from '../clock.ts';
import { offsetMinutesAt, parsePosixZone } from './posix-zone.ts';
import type { PosixZone } from './posix-zone.ts';

export interface NtpServer {
  id: number;
  addressingFormatType: 'hostname' | 'ipaddress';
  address: string;
  portNo: number;
  synchronizeIntervalMinutes: number;
}

export interface DeviceTimeSnapshot {
  mode: 'NTP' | 'manual';
  zone: string;
  offsetMs: number;
  ntpServers: NtpServer[];
}

/** Assumed: the zone of the captured K1A340; a client sets its own with `PUT System/time`. */
const DEFAULT_ZONE = 'CST-3:00:00';
const DEFAULT_NTP_SERVER: NtpServer = {
  id: 1,
  addressingFormatType: 'hostname',
  address: 'time.windows.com',
  portNo: 123,
  synchronizeIntervalMinutes: 60,
};

/** What the terminal believes the time to be: the fleet's clock, bent by an offset, written in the device's zone. */
export class DeviceTime {
  #clock: Pick<Clock, 'now'>;
  #mode: 'NTP' | 'manual' = 'NTP';
  #zoneText = DEFAULT_ZONE;
  #zone: PosixZone = zoneOf(DEFAULT_ZONE);
  #offsetMs = 0;
  #ntpServers: NtpServer[] | null = null;

  constructor(deps: { clock: Pick<Clock, 'now'> }) {
    this.#clock = deps.clock;
  }

  get mode(): 'NTP' | 'manual' {
    return this.#mode;
  }

  get zone(): string {
    return this.#zoneText;
  }

  /** How far the device is ahead of the fleet's clock, in milliseconds. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Milliseconds since the epoch, as the device believes. */
  nowMs(): number {
    return this.#clock.now() + this.#offsetMs;
  }

  /** `2026-07-13T19:14:08+03:00`. */
  local(ms: number = this.nowMs()): string {
    const minutes = offsetMinutesAt(this.#zone, ms);
    const size = Math.abs(minutes);
    const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
    return `${this.wallClock(ms)}${offset}`;
  }

  /** `2026-07-13T19:14:08`: what the display shows; dates of validity are written so. */
  wallClock(ms: number = this.nowMs()): string {
    return new Date(ms + offsetMinutesAt(this.#zone, ms) * 60_000).toISOString().slice(0, 19);
  }

  /**
   * Sets what a `PUT System/time` carries. A local time without offset is read in the device's zone. Gives the name of
   * the field that cannot be read, and changes nothing then; null when all is well.
   */
  set(change: {
    mode: 'NTP' | 'manual';
    zone?: string;
    localTime?: string;
  }): 'timeZone' | 'localTime' | null {
    const zone = change.zone === undefined ? this.#zone : parsePosixZone(change.zone);
    if (!zone) return 'timeZone';
    const nowMs = change.localTime === undefined ? null : readLocalTime(change.localTime, zone);
    if (nowMs !== null && Number.isNaN(nowMs)) return 'localTime';
    this.#zone = zone;
    this.#zoneText = change.zone ?? this.#zoneText;
    this.#mode = change.mode;
    // Assumed: switching to NTP finds the right time at once, whatever localTime says.
    if (change.mode === 'NTP') this.#offsetMs = 0;
    else if (nowMs !== null) this.#offsetMs = nowMs - this.#clock.now();
    return null;
  }

  /** Bends the clock, as an empty battery or a wrong setting would. */
  setOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }

  ntpServers(): readonly NtpServer[] {
    return this.#ntpServers ?? [DEFAULT_NTP_SERVER];
  }

  setNtpServer(server: NtpServer): void {
    this.#ntpServers = this.ntpServers().map((known) => (known.id === server.id ? server : known));
  }

  snapshot(): DeviceTimeSnapshot {
    return {
      mode: this.#mode,
      zone: this.#zoneText,
      offsetMs: this.#offsetMs,
      ntpServers: [...this.ntpServers()],
    };
  }

  restore(snapshot: DeviceTimeSnapshot): void {
    this.#zone = zoneOf(snapshot.zone);
    this.#zoneText = snapshot.zone;
    this.#mode = snapshot.mode;
    this.#offsetMs = snapshot.offsetMs;
    this.#ntpServers = [...snapshot.ntpServers];
  }

  clear(): void {
    this.restore({ mode: 'NTP', zone: DEFAULT_ZONE, offsetMs: 0, ntpServers: [DEFAULT_NTP_SERVER] });
  }
}

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}|Z)?$/;

/** Milliseconds since the epoch of a local time, with or without offset; NaN when it cannot be read. */
function readLocalTime(text: string, zone: PosixZone): number {
  const found = LOCAL_TIME.exec(text);
  if (!found) return NaN;
  if (found[1] !== undefined) return Date.parse(text);
  const wall = Date.parse(`${text}Z`);
  return wall - offsetMinutesAt(zone, wall - zone.standardMinutes * 60_000) * 60_000;
}

function zoneOf(text: string): PosixZone {
  const zone = parsePosixZone(text);
  if (!zone)
    throw new Error(`Time zone '${text}' cannot be read; write it as POSIX does, such as CST-3:00:00.`);
  return zone;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
