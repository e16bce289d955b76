import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { assembleParts, type Overrides } from './daemon/parts.ts';
import type { Engine } from './engine/engine.ts';
import { createApp } from './http/app.ts';
import { listen, type RunningServer } from './http/server.ts';
import { logEvents } from './observe/log-events.ts';
import { logRequest } from './observe/log-requests.ts';
import { announcements, createLog } from './observe/log.ts';
import { createMetrics } from './observe/metrics.ts';
import { StoreUnreachableError } from './store/store-errors.ts';
import type { Store } from './store/store.ts';

export interface DaemonOverrides extends Overrides {
  log?: Logger;
  /** Memory, CPU and event loop in /metrics; off where several daemons share a process. */
  processMetrics?: boolean;
}

export interface Daemon {
  /** Where the API answers. */
  url: string;
  engine: Engine;
  /** Ends after the calls in flight and gives the devices back; open runs go on at the next start. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * A database that is away is no reason not to start: requests answer 503 until it is back, and open work goes on then.
 * One that refuses is: nothing would ever work.
 */
async function checkDatabase(store: Store, log: Logger): Promise<void> {
  try {
    await store.checkReachable();
  } catch (error) {
    if (!(error instanceof StoreUnreachableError)) throw error;
    log.warn({ reason: error.message }, 'database unreachable: serving without it until it answers');
  }
}

async function startServer(
  config: Config,
  deps: { engine: Engine; store: Store; log: Logger } & Pick<
    Parameters<typeof createApp>[0],
    'clock' | 'stopping'
  >,
  processMetrics: boolean,
): Promise<RunningServer> {
  const metrics = createMetrics(deps.engine.events, { processMetrics });
  const app = createApp({
    ...deps,
    auth: config.auth,
    corsOrigins: config.http.corsOrigins,
    metrics,
    onAnswered: (answered) => {
      metrics.countRequest(answered.method, answered.status);
      logRequest(deps.log, answered);
    },
  });
  return listen(app, config.http.host, config.http.port);
}

/**
 * The daemon: engine, API, log and metrics, wired together here and nowhere else.
 * @throws StoreRejectedError when the database refuses the key or lacks the tables; ListenError when the API cannot
 * listen.
 */
export async function startDaemon(config: Config, overrides: DaemonOverrides = {}): Promise<Daemon> {
  const log = overrides.log ?? createLog(config.logLevel);
  for (const warning of config.warnings) log.warn({ warning }, 'setting ignored');
  const parts = assembleParts(config, overrides);
  const { clock, store } = parts;
  await checkDatabase(store, log);

  const engine = parts.startEngine();
  logEvents(engine.events, log);
  const stopping = new AbortController();
  let server: RunningServer;
  try {
    server = await startServer(
      config,
      { engine, store, log, clock, stopping: stopping.signal },
      overrides.processMetrics ?? false,
    );
  } catch (error) {
    await engine.stop();
    throw error;
  }
  announcements(log).info({ url: server.url }, 'listening');

  const stop = async () => {
    log.info('stopping after the calls in flight');
    stopping.abort();
    await Promise.all([server.stop(), engine.stop()]);
    log.info('stopped');
  };
  let stopped: Promise<void> | null = null;
  return { url: server.url, engine, stop: () => (stopped ??= stop()) };
}
