import type { FleetEvent } from '@pontaj/simulator';
import { LineError, type Clock, type TransportFactory } from '@pontaj/sync';
import { PAGE_LOGIN } from './browser.ts';

interface CallUnderWay {
  engine: string;
  password: string;
  startedMs: number;
}

export interface CallWatch {
  readonly violations: readonly string[];
  readonly calls: number;
  callsTo(deviceId: string): number;
  /** The terminal has counted a bad login with this password at some time. */
  wasRefused(deviceId: string, password: string): boolean;
  /** Or with any other, ours or of somebody else. */
  hasRefused(deviceId: string): boolean;
  /** A call with this password had no answer, or its engine died in it or about to make it. */
  wasInDoubt(deviceId: string, password: string): boolean;
  /**
   * To be called with every event of the fleet. Gives back the engine whose login the terminal just refused and counted;
   * null: none was.
   */
  see(event: FleetEvent): string | null;
  /** A transport whose calls are watched. */
  watched(factory: TransportFactory, engine: string): TransportFactory;
  /** An operator accepted what stands there: the next login is the first of its credentials. */
  accepted(deviceId: string): void;
  /** The process is gone, and its connections with it. */
  died(engine: string): void;
}

/** Refusals of a right password that some models count as bad logins. */
const NONCE_TROUBLE = new Set(['expired', 'reused', 'nc', 'unknown-nonce']);

/** Whoever was at it when a device was taken out of use has noticed after this. */
const NOTICED_MS = 30_000;

/**
 * Watches every call to every terminal, whichever engine makes it: one at a time, the pause between them, and no second
 * login with a password that the terminal refused and counted, whoever died or heard nothing of it.
 */
export function createCallWatch(parts: {
  clock: Clock;
  pauseMs: number;
  /** Terminals that count a login on an old nonce as a bad one. */
  countsNonces: (deviceId: string) => boolean;
  /** Terminals that do not say what they counted: every login there is announced. */
  isMute: (deviceId: string) => boolean;
  /** Passwords of which a row says that a login with them is about to be made, or may have been refused unheard. */
  announced: () => readonly { deviceId: string; password: string }[];
  /** For how long the device has had no row in use. */
  outOfUseForMs: (deviceId: string) => number;
  /** The row of the device says that it refused this password. */
  isWritten: (deviceId: string, password: string) => boolean;
}): CallWatch {
  const { clock, pauseMs, countsNonces, isMute, announced, isWritten, outOfUseForMs } = parts;
  const violations: string[] = [];
  const underWay = new Map<string, CallUnderWay>();
  const lastEndMs = new Map<string, number>();
  const dead = new Set<string>();
  /** Device → password → the engine that had it refused. */
  const refusedTo = new Map<string, Map<string, string>>();
  /** Device → whose login it sees, and with what. */
  const logins = new Map<string, { engine: string; password: string }>();
  const everRefused = new Set<string>();
  const bad = new Set<string>();
  const unanswered = new Set<string>();
  const calls = new Map<string, number>();

  const begin = (deviceId: string, path: string, call: CallUnderWay) => {
    const other = underWay.get(deviceId);
    if (other !== undefined)
      violations.push(
        `${deviceId}: two calls at once at ${call.startedMs}: ${call.engine} began ${path} while ${other.engine} was in a call`,
      );
    const restedMs = call.startedMs - (lastEndMs.get(deviceId) ?? -Infinity);
    if (restedMs < pauseMs)
      violations.push(
        `${deviceId}: a pause of ${restedMs} ms before ${path} of ${call.engine} at ${call.startedMs}`,
      );
    if (outOfUseForMs(deviceId) > NOTICED_MS)
      violations.push(
        `${deviceId}: ${call.engine} called ${path} at ${call.startedMs}, long after it was taken out of use`,
      );
    underWay.set(deviceId, call);
    calls.set(deviceId, (calls.get(deviceId) ?? 0) + 1);
  };

  const end = (deviceId: string, call: CallUnderWay) => {
    if (underWay.get(deviceId) !== call) return;
    underWay.delete(deviceId);
    lastEndMs.set(deviceId, clock.now());
  };

  const refused = (deviceId: string): string | null => {
    const login = logins.get(deviceId);
    if (login === undefined) return null;
    const { engine, password } = login;
    const passwords = refusedTo.get(deviceId) ?? new Map<string, string>();
    refusedTo.set(deviceId, passwords);
    const before = passwords.get(password);
    if (before !== undefined)
      violations.push(
        `${deviceId}: ${engine} tried a login at ${clock.now()} that had been refused to ${before}`,
      );
    passwords.set(password, engine);
    everRefused.add(`${deviceId} ${password}`);
    bad.add(deviceId);
    return engine;
  };

  /**
   * A terminal that starts anew has forgotten what it counted, and so has one that let somebody else in: what nobody wrote
   * down, nobody can know any more.
   */
  const forgot = (deviceId: string) => {
    const passwords = refusedTo.get(deviceId);
    for (const password of [...(passwords?.keys() ?? [])])
      if (!isWritten(deviceId, password)) passwords?.delete(password);
  };

  /** Where no count is looked at, none that is lost is an excuse. */
  const lostCount = (deviceId: string) => {
    if (!isMute(deviceId)) forgot(deviceId);
  };

  return {
    violations,
    get calls() {
      return [...calls.values()].reduce((sum, one) => sum + one, 0);
    },
    callsTo: (deviceId) => calls.get(deviceId) ?? 0,
    wasRefused: (deviceId, password) => everRefused.has(`${deviceId} ${password}`),
    hasRefused: (deviceId) => bad.has(deviceId),
    wasInDoubt: (deviceId, password) => unanswered.has(`${deviceId} ${password}`),
    see(event) {
      if (event.type === 'device' && event.what === 'power') lostCount(event.deviceId);
      if (event.type === 'device' && event.what === 'reset') forgot(event.deviceId);
      if (event.type !== 'request') return null;
      const { deviceId, auth, status, target } = event.entry;
      if (target === PAGE_LOGIN) {
        if (auth === 'ok') lostCount(deviceId);
        else if (auth !== 'none') bad.add(deviceId);
        return null;
      }
      // Without a status of its own the terminal did nothing with the request, and counted nothing.
      if (status !== 401) return null;
      const counted = auth === 'wrong-response' || (NONCE_TROUBLE.has(auth) && countsNonces(deviceId));
      return counted ? refused(deviceId) : null;
    },
    watched: (factory, engine) => (device) => {
      const { deviceId, password } = device;
      const transport = factory(device);
      return {
        async send(request, options) {
          // The rest of a dead process's last moment: nothing of it reaches the line.
          if (dead.has(engine)) return new Promise(() => undefined);
          const call = { engine, password, startedMs: clock.now() };
          begin(deviceId, request.path, call);
          logins.set(deviceId, { engine, password });
          try {
            return await transport.send(request, options);
          } catch (error) {
            if (!(error instanceof LineError && error.delivery === 'not-sent'))
              unanswered.add(`${deviceId} ${password}`);
            throw error;
          } finally {
            end(deviceId, call);
          }
        },
        close: () => transport.close(),
      };
    },
    accepted: forgot,
    died(engine) {
      dead.add(engine);
      for (const { deviceId, password } of announced()) unanswered.add(`${deviceId} ${password}`);
      for (const [deviceId, call] of underWay) {
        if (call.engine !== engine) continue;
        unanswered.add(`${deviceId} ${call.password}`);
        end(deviceId, call);
      }
    },
  };
}
