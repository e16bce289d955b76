import { afterEach } from 'vitest';
import type { HttpHost } from '../../terminal/http-hosts.ts';
import { Pusher, type Push, type PushReport, type PushResult } from '../notification/pusher.ts';
import type { TestTerminal } from './test-terminal.ts';

/** A listener that takes every event. */
export const HOST: HttpHost = {
  id: 1,
  url: '/webhook',
  protocolType: 'HTTP',
  parameterFormatType: 'JSON',
  addressingFormatType: 'ipaddress',
  address: '192.0.2.20',
  portNo: 8080,
  httpAuthenticationMethod: 'none',
  checkResponseEnabled: false,
  subscription: null,
};

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/**
 * What pushes the events of a test's terminal, stopped when the test ends; what is pushed is kept.
 * @param results What the listener answers, in this order, then success.
 */
export function startPusher(t: TestTerminal, origin: string, results: (PushResult | Error)[] = []) {
  const pushes: Push[] = [];
  const reports: PushReport[] = [];
  const defects: unknown[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  const power = new AbortController();
  const pusher = new Pusher({
    terminal: t.terminal,
    clock: t.clock,
    post: (push) => {
      pushes.push(push);
      for (const waiter of waiters) if (pushes.length >= waiter.count) waiter.resolve();
      const result = results.shift() ?? { ok: true, status: 200 };
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
    onPushed: (report) => reports.push(report),
    origin: () => origin,
    powerSignal: () => power.signal,
    onDefect: (error) => defects.push(error),
  });
  stops.push(pusher.start());
  const pushed = (count: number) =>
    new Promise<void>((resolve) => {
      if (pushes.length >= count) resolve();
      else waiters.push({ count, resolve });
    });
  return { pushes, reports, defects, power, pushed };
}
