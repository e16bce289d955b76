import type { FaultSet, FaultSetSnapshot } from '../faults/fault-set.ts';
import type { Terminal, TerminalSnapshot } from '../terminal/terminal.ts';

/** A device's whole state as plain JSON: what it remembers, and its faults with their counters. */
export interface DeviceSnapshot {
  kind: 'simulated-device';
  terminal: TerminalSnapshot;
  faults: FaultSetSnapshot;
}

export function takeSnapshot(terminal: Terminal, faults: FaultSet): DeviceSnapshot {
  return { kind: 'simulated-device', terminal: terminal.snapshot(), faults: faults.snapshot() };
}

/** @throws Error when the value is no snapshot of a device; nothing is changed then */
export function applySnapshot(value: unknown, terminal: Terminal, faults: FaultSet): void {
  if (!isSnapshot(value))
    throw new Error(
      'This is no snapshot of a simulated device. Give back what snapshot() returned, unchanged.',
    );
  terminal.restore(value.terminal);
  faults.restore(value.faults);
}

function isSnapshot(value: unknown): value is DeviceSnapshot {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'simulated-device' &&
    'terminal' in value &&
    'faults' in value &&
    Array.isArray(value.faults)
  );
}
