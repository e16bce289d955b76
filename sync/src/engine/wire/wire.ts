import type { Clock } from '../../clock.ts';
import type { Answer, AnswerClass } from '../../isapi/answer.ts';
import type { Call } from '../../isapi/device-client.ts';
import type { Emitter } from '../emitter.ts';
import type { EngineEvents } from '../events.ts';
import type { HeldLease } from './held-lease.ts';
import { InterruptedError } from './interrupted.ts';
import type { Logins } from './logins.ts';
import { hangGuardMs, leaseNeedMs, type EngineOptions } from '../options.ts';
import type { OutcomeWriter } from './outcome-writer.ts';
import type { Patience } from './patience.ts';

export interface CallLabel {
  operation: string;
  employeeNo: number | null;
  reason: string;
}

/**
 * The only way to a device: one call at a time, the pause between the end of one and the start of the next, nothing
 * without a lease that outlives the call, nothing while the database does not take what is known.
 */
export interface Wire {
  /**
   * One call, or several where the credentials had to be kept back at first: see `logins.ts`.
   * @throws InterruptedError when the engine stops, or `mayGoOn` says no, before the call; LeaseLostError; what the
   * writer threw.
   */
  call<Value>(label: CallLabel, send: (call: Call) => Promise<Answer<Value>>): Promise<Answer<Value>>;
  /** Somebody else may have called until now: the pause begins anew. */
  rest(): void;
  /** Calls made so far. */
  readonly calls: number;
  /** Of them, those the device dealt with: neither silent, nor busy, nor not understood. */
  readonly dealtWith: number;
  /** Asked right before a call is sent, after all waiting: false once the work at hand was cancelled. */
  mayGoOn: () => boolean;
}

const NOT_DEALT_WITH: ReadonlySet<AnswerClass> = new Set<AnswerClass>(['network', 'busy', 'unknown']);

function brokenAnswer(deviceCode: string, message: string): Answer<never> {
  return {
    verdict: {
      class: 'network',
      deviceCode,
      code: 'device_unreachable',
      message,
      delivery: 'unknown',
      httpStatus: null,
      unlockTimeS: null,
      raw: null,
    },
    value: null,
  };
}

export function createWire(parts: {
  deviceId: string;
  clock: Clock;
  options: EngineOptions;
  lease: HeldLease;
  logins: Logins;
  writer: OutcomeWriter;
  patience: Patience;
  events: Emitter<EngineEvents>;
  stopping: AbortSignal;
}): Wire {
  const { deviceId, clock, options, lease, logins, writer, patience, events, stopping } = parts;
  let calls = 0;
  let dealtWith = 0;
  // The lease came with its pause: whoever had the device before gave it back that much earlier.
  let lastEndMs = -Infinity;

  /** Every turn waits for one thing and then looks at all of them again: nothing is sent on an old permission. */
  async function whenAllowed(): Promise<void> {
    for (;;) {
      if (stopping.aborted) throw new InterruptedError('stopping');
      const pauseLeftMs = lastEndMs + options.pauseMs - clock.now();
      if (pauseLeftMs > 0) await clock.sleep(pauseLeftMs, stopping);
      else if (writer.behind) await writer.whenKeptUp();
      else if (patience.failing) await patience.whenCalm();
      else if (!lease.validFor(leaseNeedMs(options))) await lease.whenChanged(stopping);
      else if (!wire.mayGoOn()) throw new InterruptedError('cancelled');
      else return;
    }
  }

  async function guarded<Value>(send: (call: Call) => Promise<Answer<Value>>): Promise<Answer<Value>> {
    const over = new AbortController();
    const hang = clock
      .sleep(options.callTimeoutMs + hangGuardMs(options), over.signal)
      .then(() => brokenAnswer('hung', 'The call did not end although its time was over. Try again.'));
    try {
      const answer = send({
        signal: over.signal,
        timeoutMs: options.callTimeoutMs,
        decideLogin: (triesLeft) => logins.decide(triesLeft),
      });
      return await Promise.race([answer, hang]);
    } catch (error) {
      // A client answers, it does not throw; a mistake in it must not take the lane with it, nor be taken for "not sent".
      return brokenAnswer('client-failed', `The call failed inside the daemon: ${String(error)}`);
    } finally {
      over.abort();
    }
  }

  async function handshake<Value>(
    label: CallLabel,
    send: (call: Call) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    const startedMs = clock.now();
    calls += 1;
    events.emit('call.started', { deviceId, ...label });
    const answer = await guarded(send);
    lastEndMs = clock.now();
    events.emit('call.finished', {
      deviceId,
      operation: label.operation,
      employeeNo: label.employeeNo,
      durationMs: lastEndMs - startedMs,
      class: answer.verdict.class,
      deviceCode: answer.verdict.deviceCode,
    });
    return answer;
  }

  const wire: Wire = {
    mayGoOn: () => true,
    async call(label, send) {
      for (;;) {
        await whenAllowed();
        const answer = await handshake(label, send);
        // How often at most, `logins` decides.
        if ((await logins.heard(answer)) === 'look-again') continue;
        if (!NOT_DEALT_WITH.has(answer.verdict.class)) dealtWith += 1;
        return answer;
      }
    },
    rest() {
      lastEndMs = clock.now();
    },
    get calls() {
      return calls;
    },
    get dealtWith() {
      return dealtWith;
    },
  };
  return wire;
}
