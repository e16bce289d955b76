import { isOver, progressOf, runSummary } from '../http/run-answer.ts';
import { runAnswerChunks } from '../http/send-run.ts';
import type { Run } from '../model/run.ts';
import { createDatabaseClient } from '../store/supabase/client.ts';
import { createSupabaseStore } from '../store/supabase/supabase-store.ts';
import type { Store } from '../store/store.ts';
import { commandConfig } from './command-config.ts';
import { UsageError } from './exit-codes.ts';
import { checkId } from './run-command.ts';
import { reportRun } from './run-report.ts';
import { formatTable, formatTime } from './table.ts';
import type { Terminal } from './terminal.ts';

const connect = (terminal: Terminal): Store =>
  createSupabaseStore(createDatabaseClient(commandConfig(terminal).supabase), () => Date.now());

const MAX_LISTED = 100;

export async function listRuns(
  options: { limit: string; json?: boolean },
  terminal: Terminal,
): Promise<number> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LISTED)
    throw new UsageError(`--limit is "${options.limit}". Give a whole number from 1 to ${MAX_LISTED}.`);
  const runs = await connect(terminal).listRuns(null, limit);
  if (options.json) {
    terminal.out(`${JSON.stringify(runs.map(runSummary))}\n`);
    return 0;
  }
  const rows = runs.map((run) => {
    const { done, total } = progressOf(run);
    return [
      run.runId,
      formatTime(run.requestedAtMs),
      run.scope.kind,
      run.state,
      `${done} of ${total}`,
      run.requestedBy,
    ];
  });
  const table = formatTable(['id', 'asked (UTC)', 'kind', 'state', 'done', 'by'], rows);
  terminal.out(runs.length === 0 ? 'No runs yet.\n' : `${table}\n`);
  return 0;
}

async function findRun(store: Store, id: string): Promise<Run> {
  const runId = checkId('The run', id);
  const run = await store.readRun(runId);
  if (run === null) throw new UsageError(`There is no run ${runId}. The command "runs" lists the last ones.`);
  return run;
}

export async function showRun(id: string, options: { json?: boolean }, terminal: Terminal): Promise<number> {
  const store = connect(terminal);
  const run = await findRun(store, id);
  if (options.json) {
    for await (const chunk of runAnswerChunks(store, run, true)) terminal.out(chunk);
    terminal.out('\n');
  } else terminal.out(`${await reportRun(store, run)}\n`);
  return 0;
}

export async function cancelRun(id: string, terminal: Terminal): Promise<number> {
  const store = connect(terminal);
  const run = await findRun(store, id);
  if (isOver(run.state))
    throw new UsageError(`Run ${run.runId} is over (${run.state}): nothing is left to stop.`);
  await store.requestCancel(run.runId);
  terminal.out(`Run ${run.runId} stops after the calls in flight.\n`);
  return 0;
}
