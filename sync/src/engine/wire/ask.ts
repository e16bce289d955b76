import type { Clock } from '../../clock.ts';
import type { Answer } from '../../isapi/answer.ts';
import type { Call } from '../../isapi/device-client.ts';
import type { EngineOptions } from '../options.ts';
import type { Random } from '../random.ts';
import { backoffMs } from '../retry.ts';
import type { CallLabel, Wire } from './wire.ts';

/** Longest wait between two tries of the same call. */
const LONGEST_WAIT_MS = 30_000;

/** One question to the device, repeated while the device says that the trouble passes by itself, within bounds. */
export type Ask = <Value>(
  label: CallLabel,
  send: (call: Call) => Promise<Answer<Value>>,
) => Promise<Answer<Value>>;

export function createAsk(parts: {
  wire: Wire;
  clock: Clock;
  random: Random;
  options: Pick<EngineOptions, 'maxRetries' | 'retryBaseMs'>;
  stopping: AbortSignal;
}): Ask {
  const { wire, clock, random, options, stopping } = parts;
  return async (label, send) => {
    for (let nth = 1; ; nth += 1) {
      const answer = await wire.call(label, send);
      const passes = answer.verdict.class === 'busy' || answer.verdict.class === 'modelling';
      if (!passes || nth > options.maxRetries) return answer;
      await clock.sleep(backoffMs(nth, options.retryBaseMs, LONGEST_WAIT_MS, random), stopping);
    }
  };
}
