import type { Clock, TransportFactory } from '@pontaj/sync';

interface CallUnderWay {
  engine: string;
  startedMs: number;
}

export interface CallWatch {
  readonly violations: readonly string[];
  readonly calls: number;
  callsTo(deviceId: string): number;
  /** A transport whose calls are watched. */
  watched(factory: TransportFactory, engine: string): TransportFactory;
  /** The process is gone, and its connections with it. */
  died(engine: string): void;
}

/**
 * Watches every call to every terminal, whichever engine makes it: one at a time, the pause between them, and no login
 * tried again that was refused.
 */
export function createCallWatch(clock: Clock, pauseMs: number): CallWatch {
  const violations: string[] = [];
  const underWay = new Map<string, CallUnderWay>();
  const lastEndMs = new Map<string, number>();
  const dead = new Set<string>();
  /** Device and password → the engines that had it refused. */
  const refusedTo = new Map<string, string[]>();
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
    underWay.set(deviceId, call);
    calls.set(deviceId, (calls.get(deviceId) ?? 0) + 1);
  };

  const end = (deviceId: string, call: CallUnderWay) => {
    if (underWay.get(deviceId) !== call) return;
    underWay.delete(deviceId);
    lastEndMs.set(deviceId, clock.now());
  };

  /** Only a process that died before it could write it down may have been refused before another one was. */
  const refused = (deviceId: string, password: string, engine: string) => {
    const key = `${deviceId} ${password}`;
    const before = refusedTo.get(key) ?? [];
    const forgetful = before.filter((one) => !dead.has(one));
    if (forgetful.length > 0)
      violations.push(
        `${deviceId}: ${engine} tried a login that had been refused to ${forgetful.join(', ')}`,
      );
    refusedTo.set(key, [...before, engine]);
  };

  return {
    violations,
    get calls() {
      return [...calls.values()].reduce((sum, one) => sum + one, 0);
    },
    callsTo: (deviceId) => calls.get(deviceId) ?? 0,
    watched: (factory, engine) => (device) => {
      const { deviceId, password } = device;
      const transport = factory(device);
      return {
        async send(request, options) {
          // The rest of a dead process's last moment: nothing of it reaches the line.
          if (dead.has(engine)) return new Promise(() => undefined);
          const call = { engine, startedMs: clock.now() };
          begin(deviceId, request.path, call);
          try {
            const answer = await transport.send(request, options);
            const locked = answer.body.includes('<lockStatus>lock<');
            if (answer.status === 401 && !locked) refused(deviceId, password, engine);
            return answer;
          } finally {
            end(deviceId, call);
          }
        },
        close: () => transport.close(),
      };
    },
    died(engine) {
      dead.add(engine);
      for (const [deviceId, call] of underWay) if (call.engine === engine) end(deviceId, call);
    },
  };
}
