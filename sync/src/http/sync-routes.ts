import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Clock } from '../clock.ts';
import type { RunKind } from '../model/run.ts';
import type { StorePort } from './store-port.ts';
import { callerOf } from './caller.ts';
import type { EnginePort } from './engine-port.ts';
import { checkAnyDevice } from './prechecks.ts';
import { Problem } from './problem.ts';
import { httpStatusOf } from './run-answer.ts';
import { sendRun } from './send-run.ts';
import { readScope, syncRequests } from './sync-requests.ts';

export interface ApiDeps {
  engine: EnginePort;
  store: StorePort;
  clock: Clock;
  /** Aborts when the daemon begins to stop. */
  stopping: AbortSignal;
}

export const API = '/api/hikvision';
export const runUrl = (runId: string): string => `${API}/runs/${runId}`;

/** `Prefer: respond-async, wait=10` (RFC 7240). */
const wantsAsync = (prefer: string | undefined): boolean =>
  (prefer ?? '')
    .split(',')
    .some((part) => part.trim().split(/[;=]/)[0]?.trim().toLowerCase() === 'respond-async');

/** Aborts when the client has gone away; the run does not. */
export function clientGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

async function answerWhenFinished(deps: ApiDeps, response: Response, runId: string): Promise<void> {
  const gone = clientGone(response);
  try {
    await deps.engine.whenFinished(runId, AbortSignal.any([gone, deps.stopping]));
  } catch (error) {
    if (!gone.aborted && !deps.stopping.aborted) throw error;
  }
  if (gone.aborted) return;
  if (deps.stopping.aborted)
    throw new Problem(
      'daemon_stopping',
      'The daemon is stopping. The run goes on as soon as it, or another one, is up: ask for it at its address.',
      { extensions: { run_id: runId }, headers: { Location: runUrl(runId), 'Retry-After': '10' } },
    );
  const run = await deps.store.readRun(runId);
  if (run === null) throw new Error(`Run ${runId} was finished, but is not in the database.`);
  await sendRun(response, deps.store, run, { status: httpStatusOf(run.state), withHeader: false });
}

async function startSync(deps: ApiDeps, kind: RunKind, request: Request, response: Response): Promise<void> {
  const scope = readScope(kind, request.body);
  await checkAnyDevice(deps.store, scope);
  const { runId, created } = await deps.engine.submit(scope, callerOf(request).subject);
  if (!created)
    throw new Problem(
      'sync_already_running',
      'The same sync is queued or running. Watch it, or wait until it is over and ask again.',
      { extensions: { run_id: runId }, headers: { Location: runUrl(runId) } },
    );
  response.location(runUrl(runId));
  if (wantsAsync(request.get('prefer')))
    response.status(202).set('Preference-Applied', 'respond-async').json({ run_id: runId, status: 'queued' });
  else await answerWhenFinished(deps, response, runId);
}

/** The five addresses that start work. */
export function syncRoutes(deps: ApiDeps, mayStart: RequestHandler): Router {
  const router = Router();
  for (const { kind } of syncRequests)
    router.post(`/${kind}`, mayStart, (request, response) => startSync(deps, kind, request, response));
  return router;
}
