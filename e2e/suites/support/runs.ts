import { expect } from 'vitest';
import { runEvents } from '../../src/stack/run-progress.ts';
import type { DaemonHandle, RunBody, Stack } from '../../src/stack/stack.ts';

/** Asks a daemon for a sync without waiting for its end; the id of the run. */
export async function startRun(
  stack: Stack,
  action: string,
  body: unknown = {},
  daemon: DaemonHandle = stack.daemon,
): Promise<string> {
  const response = await post(stack, `${daemon.url}/api/hikvision/${action}`, body);
  const answer = (await response.json()) as RunBody;
  expect(response.status, JSON.stringify(answer)).toBe(202);
  return answer.run_id;
}

/** The result of a run once it is over, told by any daemon. */
export async function finishedRun(
  stack: Stack,
  runId: string,
  daemon: DaemonHandle = stack.daemon,
): Promise<RunBody> {
  const url = `${daemon.url}/api/hikvision/runs/${runId}/events`;
  for await (const { event } of runEvents(url, stack.token())) if (event === 'finished') break;
  return readRun(stack, runId, daemon);
}

/** A run as it stands. */
export async function readRun(
  stack: Stack,
  runId: string,
  daemon: DaemonHandle = stack.daemon,
): Promise<RunBody> {
  const response = await fetch(`${daemon.url}/api/hikvision/runs/${runId}`, {
    headers: { authorization: `Bearer ${stack.token()}` },
  });
  return (await response.json()) as RunBody;
}

export async function cancelRun(stack: Stack, runId: string): Promise<number> {
  return (await post(stack, `${stack.daemon.url}/api/hikvision/runs/${runId}/cancel`, {})).status;
}

const post = (stack: Stack, url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.token()}`,
      'content-type': 'application/json',
      prefer: 'respond-async',
    },
    body: JSON.stringify(body),
  });
