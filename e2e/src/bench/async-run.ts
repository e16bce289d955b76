import { runEvents } from '../stack/run-progress.ts';
import type { Stack } from '../stack/stack.ts';

/** What the last event of a run says. */
export interface FinishedRun {
  status: string;
  summary: Record<string, number>;
}

/** Starts a sync without waiting for its answer and follows its events to the end, as the page does. */
export async function runToEnd(stack: Stack, action: string, body: unknown = {}): Promise<FinishedRun> {
  const accepted = await stack.sync(action, body, { headers: { prefer: 'respond-async' } });
  if (accepted.status !== 202)
    throw new Error(`${action} was not accepted: ${accepted.status} ${accepted.body.detail ?? ''}`);
  const url = `${stack.daemon.url}/api/hikvision/runs/${accepted.body.run_id}/events`;
  for await (const { event, data } of runEvents(url, stack.token()))
    if (event === 'finished') return data as unknown as FinishedRun;
  throw new Error(`The events of run ${accepted.body.run_id} ended before the run did.`);
}
