import type { Device } from '../../model/device.ts';
import { isRefused } from '../../model/refused-credentials.ts';
import { SERIAL_CHANGED } from '../stop/device-stop.ts';

/** Not known to be kept out: its password was refused, or another terminal than the one it means stands there. */
const contends = (device: Device): boolean =>
  !isRefused(device) && device.memory.lastErrorCode !== SERIAL_CHANGED;

/**
 * What decides, in this order. Whoever has a terminal keeps it, however often it failed: it was brought in step last.
 * Of those that have none yet, one that could not reach it makes way for one that may.
 */
const rankOf = (device: Device): number[] => {
  const { serialNumber, lastSyncedAtMs, consecutiveFailures } = device.memory;
  return [
    contends(device) ? 1 : 0,
    serialNumber === null ? 0 : 1,
    serialNumber === null ? -consecutiveFailures : (lastSyncedAtMs ?? 0),
  ];
};

/**
 * Of two rows that lead to one terminal, the same one goes on whoever asks: never both, never none. A row falls behind
 * only by what is written after its last call.
 */
export function outranks(other: Device, mine: Device): boolean {
  const [theirs, ours] = [rankOf(other), rankOf(mine)];
  for (const [nth, value] of theirs.entries()) {
    const difference = value - (ours[nth] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return other.deviceId < mine.deviceId;
}
