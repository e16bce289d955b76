import type { JournalEntry } from '@pontaj/simulator';
import { expect } from 'vitest';
import type { DeviceHandle } from '../../src/stack/stack.ts';

/** Endpoints that change what a terminal holds. */
const CHANGES =
  /^(person-(record|modify|setup|delete|detail-delete)|face-(record|setup|modify|search-delete|delete))$/;

/**
 * A terminal writes down the end of an answer when it has left, so on a busy machine the caller counts its pause from
 * an earlier moment. To the millisecond the pause is shown on a virtual clock in sync/.
 */
const MAX_LATE_MS = 15;

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

/** Whoever called: one call at a time, and the pause between the end of one and the start of the next. */
export async function expectOneAtATime(device: DeviceHandle, pauseMs: number): Promise<void> {
  const entries = (await device.requests()).sort((a, b) => a.startedAtMs - b.startedAtMs);
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (!before) continue;
    const gapMs = entry.startedAtMs - (before.endedAtMs ?? Infinity);
    // The challenge and the signed request of one handshake are one call.
    const sameCall = before.auth === 'none' && entry.auth !== 'none';
    const story = `${device.name}: ${before.endpoint} (${before.auth}), ${gapMs} ms, ${entry.endpoint} (${entry.auth})`;
    expect(gapMs, story).toBeGreaterThanOrEqual(sameCall ? -MAX_LATE_MS : pauseMs - MAX_LATE_MS);
  }
}
