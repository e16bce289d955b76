import type { JournalEntry } from '@pontaj/simulator';
import { expect } from 'vitest';
import type { DeviceHandle } from '../../src/stack/stack.ts';

/** Endpoints that change what a terminal holds. */
const CHANGES =
  /^(person-(record|modify|setup|delete|detail-delete)|face-(record|setup|modify|search-delete|delete))$/;

/** A journal knows whole milliseconds. */
const ROUNDING_MS = 1;

/** The last thing the terminal was asked: what comes after it is new. */
export async function mark(device: DeviceHandle): Promise<number> {
  return (await device.requests({ limit: 1 }))[0]?.sequence ?? 0;
}

/** Calls whose credentials were accepted, oldest first; of each handshake the half that does something. */
export async function callsOf(device: DeviceHandle, after = 0): Promise<JournalEntry[]> {
  return (await device.requests({ after })).filter(({ auth }) => auth === 'ok');
}

/** Of them those that change persons or faces. */
export async function changesOf(device: DeviceHandle, after = 0): Promise<JournalEntry[]> {
  return (await callsOf(device, after)).filter(({ endpoint }) => CHANGES.test(endpoint ?? ''));
}

export const endpointsOf = (entries: readonly JournalEntry[]): (string | null)[] =>
  entries.map(({ endpoint }) => endpoint);

/**
 * Whoever called: one call at a time, and the pause between any two. Measured from start to start: the terminal notes
 * the end of an answer after it has left, on a busy machine so much later that the pause would look too short.
 * @param giveUpMs Where a terminal may take longer than the daemon waits: such a call is over for the daemon then,
 * while the terminal is still at it. Without, no call may begin before the one before it has ended in the terminal.
 */
export async function expectOneAtATime(
  device: DeviceHandle,
  pauseMs: number,
  giveUpMs: number | null = null,
): Promise<void> {
  const entries = (await device.requests()).sort(
    (a, b) => a.startedAtMs - b.startedAtMs || a.sequence - b.sequence,
  );
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (!before) continue;
    const story = `${device.name}: ${before.endpoint} (${before.auth}), then ${entry.endpoint} (${entry.auth})`;
    const wasGivenUp = giveUpMs !== null && before.outcome === 'client-gone';
    expect(entry.startedAtMs, `overlap on ${story}`).toBeGreaterThanOrEqual(
      wasGivenUp ? startOfCall(entries, index - 1) + giveUpMs : (before.endedAtMs ?? Infinity),
    );
    // The challenge and the signed request of one handshake are one call.
    if (before.auth === 'none' && entry.auth !== 'none') continue;
    expect(entry.startedAtMs - before.startedAtMs, `pause on ${story}`).toBeGreaterThanOrEqual(
      pauseMs - ROUNDING_MS,
    );
  }
}

/** When the call began whose signed request this is: with its challenge. */
function startOfCall(entries: readonly JournalEntry[], index: number): number {
  const [challenge, signed] = [entries[index - 1], entries[index]];
  const isPair = challenge?.auth === 'none' && challenge.endpoint === signed?.endpoint;
  return (isPair ? challenge : signed)?.startedAtMs ?? Infinity;
}
