import { SingleBar, Presets } from 'cli-progress';
import { runEvents } from '../stack/run-progress.ts';
import type { RunBody, Stack } from '../stack/stack.ts';

/** Starts a sync of everybody to everything, shows its progress on standard error, and returns its result. */
export async function syncWithProgress(stack: Stack): Promise<RunBody> {
  const accepted = await stack.sync('sync-all-to-all-devices', {}, { headers: { prefer: 'respond-async' } });
  const location = accepted.headers.get('location');
  if (accepted.status !== 202 || !location) {
    throw new Error(
      `The daemon did not accept the sync (HTTP ${accepted.status}): ${accepted.body.detail ?? ''}`,
    );
  }
  const run = new URL(location, stack.daemon.url).href;
  const bar = new SingleBar(
    { format: '{bar} {value} of {total} · {duration_formatted}', stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(stack.employees.length * stack.devices.length, 0);
  for await (const { event, data } of runEvents(`${run}/events`, stack.token())) {
    if (event === 'progress' && typeof data.done === 'number') bar.update(data.done);
    if (event === 'finished') break;
  }
  const response = await fetch(run, { headers: { authorization: `Bearer ${stack.token()}` } });
  const body = (await response.json()) as RunBody;
  bar.update(stack.employees.length * stack.devices.length);
  bar.stop();
  return body;
}
