import { Router, type Request, type RequestHandler } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Run } from '../model/run.ts';
import type { StorePort } from './store-port.ts';
import { readInput } from './body-of.ts';
import { Problem } from './problem.ts';
import { isOver, runSummary } from './run-answer.ts';
import { runEvents } from './run-events.ts';
import { sendRun } from './send-run.ts';
import { clientGone, runUrl, type ApiDeps } from './sync-routes.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
/** Server-sent events kept open at once; each asks the database every two seconds. */
const MAX_STREAMS = 200;

const listQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `expected a number from 1 to ${MAX_LIMIT}`)
    .transform(Number)
    .pipe(z.number().min(1, 'expected at least 1').max(MAX_LIMIT, `expected at most ${MAX_LIMIT}`))
    .optional(),
  before: z
    .string()
    .regex(/^\d{1,14}(\.\d{1,6})?$/, 'expected the `next` of the page before')
    .transform(Number)
    .optional(),
});

const isUuid = (text: string) => z.guid().safeParse(text).success;

async function findRun(store: StorePort, runId: string, read: 'readRun' | 'readRunProgress'): Promise<Run> {
  const run = isUuid(runId) ? await store[read](runId) : null;
  if (run === null) throw new Problem('run_not_found', `There is no run ${runId.slice(0, 60)}.`);
  return run;
}

/** History, one run, its progress, and stopping it. */
export function runRoutes(deps: ApiDeps, mayStart: RequestHandler<{ id: string }>): Router {
  const { store } = deps;
  const router = Router();
  let streams = 0;

  router.get('/runs', async (request, response) => {
    const { limit = DEFAULT_LIMIT, before = null } = readInput(listQuery, request.query, 'query_invalid');
    const runs = await store.listRuns(before, limit);
    const last = runs.length === limit ? runs.at(-1) : undefined;
    response.json({
      runs: runs.map(runSummary),
      next: last === undefined ? null : String(last.requestedAtMs),
    });
  });

  router.get('/runs/:id', async (request, response) => {
    const run = await findRun(store, request.params.id, 'readRun');
    await sendRun(response, store, run, { status: 200, withHeader: true });
  });

  router.get('/runs/:id/events', async (request, response) => {
    const run = await findRun(store, request.params.id, 'readRunProgress');
    if (streams >= MAX_STREAMS)
      throw new Problem(
        'too_many_streams',
        `${MAX_STREAMS} streams are open. Ask for the run itself now and then.`,
        {
          headers: { 'Retry-After': '30' },
        },
      );
    streams += 1;
    const signal = AbortSignal.any([clientGone(response), deps.stopping]);
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Asks nginx, where one stands in front, not to hold events back.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    try {
      const text = runEvents(run.runId, { store, events: deps.engine.events, clock: deps.clock, signal });
      await pipeline(Readable.from(text), response, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      streams -= 1;
      response.end();
    }
  });

  router.post('/runs/:id/cancel', mayStart, async (request: Request<{ id: string }>, response) => {
    const run = await findRun(store, request.params.id, 'readRunProgress');
    if (isOver(run.state))
      throw new Problem(
        'run_already_finished',
        `Run ${run.runId} is over (${run.state}): nothing is left to stop.`,
        {
          extensions: { run_id: run.runId },
        },
      );
    await deps.engine.cancel(run.runId);
    response.status(202).location(runUrl(run.runId)).json({ run_id: run.runId, status: 'cancelling' });
  });

  return router;
}
