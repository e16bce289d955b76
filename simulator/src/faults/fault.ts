import type { PersonEdit } from '../terminal/person-edit.ts';

/** When a fault takes part. Everything given must hold; nothing given: always. */
export interface FaultWhen {
  /** Endpoint names as in the journal, such as `person-record`; `*` at the end stands for the rest. */
  endpoint?: string | string[];
  method?: string;
  employeeNo?: string | string[];
  /** Only the nth call that fits otherwise, from 1. */
  nth?: number;
  /** Every k-th call that fits otherwise. */
  every?: number;
  /** In [0, 1], drawn from the fleet's seed. */
  probability?: number;
  /** Milliseconds since the fault was set. */
  fromMs?: number;
  untilMs?: number;
  /** Takes part at most so often. */
  times?: number;
  /** `unsigned`: the first request of a handshake; `signed` (default): after the credentials were accepted; `any`. */
  stage?: 'unsigned' | 'signed' | 'any';
}

/** What happens. Data only: `perform.ts` does it. A fault bends an answer or the line; it changes state only where it says so. */
export type FaultWhat =
  | { kind: 'silence'; done?: boolean }
  | { kind: 'delay'; ms: number; spreadMs?: number }
  /** The port is closed while the fault's window lasts. */
  | { kind: 'refused' }
  | { kind: 'reset'; at: 'before-request' | 'middle-of-request' | 'after-request' | 'middle-of-answer' }
  /** The change is made, the answer never arrives. */
  | { kind: 'answer-lost'; how?: 'silence' | 'reset' }
  | { kind: 'truncated'; keepBytes?: number }
  | { kind: 'dripping'; bytesPerSecond: number }
  | { kind: 'wrong-content-type'; contentType: string }
  | { kind: 'malformed'; body?: string }
  | { kind: 'html' }
  | { kind: 'http-503' }
  | { kind: 'busy' }
  | { kind: 'answer'; status: number; contentType?: string; body: string; done?: boolean }
  /** Any sub-status of the dictionary, in the form the device would give it. */
  | { kind: 'sub-status'; subStatusCode: string; errorMsg?: string; status?: number; done?: boolean }
  | { kind: 'persons-full'; at?: number }
  | { kind: 'faces-full'; at?: number }
  | { kind: 'download-fails'; code?: string }
  | { kind: 'modelling-fails'; code?: string }
  | { kind: 'slow-modelling'; ms: number; spreadMs?: number }
  /** Every login is refused, and counted. */
  | { kind: 'wrong-password' }
  /** The password on the device is another one from now on. */
  | { kind: 'password-changed'; password: string }
  | { kind: 'reboot'; awayMs?: number }
  | { kind: 'offline' }
  | { kind: 'clock-wrong'; offsetMs: number }
  | ({ kind: 'edited-at-terminal' } & PersonEdit);

/** A fault is data: it can be written in YAML, sent to the control API and replayed. */
export interface Fault {
  /** Given by the device when absent. */
  id?: string;
  when?: FaultWhen;
  what: FaultWhat;
}
