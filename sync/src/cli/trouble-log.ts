import type { EngineEvents } from '../engine/events.ts';
import { logEvents, type EventSource } from '../observe/log-events.ts';
import { createLog } from '../observe/log.ts';
import type { Terminal } from './terminal.ts';

/** What the report of a run does not tell: raw answers of devices, and trouble with the database or another daemon. */
const TROUBLE: ReadonlySet<keyof EngineEvents> = new Set([
  'device.stopped',
  'device.capacity-short',
  'lease.lost',
  'lane.failed',
  'store.failed',
] as const);

/** Writes trouble beside the results, line by line as the daemon's log has it: cron keeps it, and nothing else would. */
export function logTrouble(events: EventSource, logLevel: string, terminal: Terminal): void {
  const write = (line: string) => {
    // Over the progress, which stands in this row.
    terminal.note(terminal.interactive ? `\r${line}` : line);
  };
  const trouble: EventSource = {
    on: (name, listener) => (TROUBLE.has(name) ? events.on(name, listener) : undefined),
  };
  logEvents(trouble, createLog(logLevel, { write }));
}
