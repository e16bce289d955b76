import { EventEmitter, once } from 'node:events';
import { systemClock } from '../../clock.ts';
import { createApp, type Answered } from '../app.ts';
import { listen } from '../server.ts';
import { createFakeEngine } from './fake-engine.ts';
import { furnishedStore } from './furnish.ts';
import { auth, token } from './tokens.ts';

/** The one web page that may call it. */
export const ORIGIN = 'https://pontaj.example.ro';
/** The API listening, over a furnished store and an engine that does what the test says. */
export async function startApp() {
  const store = furnishedStore(systemClock);
  const engine = createFakeEngine(store);
  const stopping = new AbortController();
  const reports: Answered[] = [];
  const reported = new EventEmitter();
  /** The nth report of an answered request, as soon as it is there. */
  const answered = async (nth: number): Promise<Answered> => {
    for (;;) {
      const report = reports[nth];
      if (report !== undefined) return report;
      await once(reported, 'report');
    }
  };
  const app = createApp({
    engine,
    store,
    clock: systemClock,
    stopping: stopping.signal,
    auth,
    corsOrigins: [ORIGIN],
    metrics: { contentType: 'text/plain; version=0.0.4', read: () => Promise.resolve('up 1\n') },
    onAnswered: (one) => {
      reports.push(one);
      reported.emit('report');
    },
  });
  const server = await listen(app, '127.0.0.1', 0);
  const bearer = `Bearer ${await token(Date.now())}`;
  const ask = async (
    path: string,
    init: { method?: string; body?: string; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: bearer, ...init.headers },
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const body = (type.includes('json') ? JSON.parse(text) : { text }) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, type, body };
  };
  const post = (kind: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(`/api/hikvision/${kind}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { store, engine, stopping, answered, server, ask, post };
}
