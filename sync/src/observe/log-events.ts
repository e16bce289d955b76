import type { Logger } from 'pino';
import type { EngineEvents } from '../engine/events.ts';

/** Subscribing to the engine's events, as far as observers do. */
export interface EventSource {
  on<Name extends keyof EngineEvents>(name: Name, listener: (event: EngineEvents[Name]) => void): unknown;
}

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** Raw answers of devices are cut here too: whatever a device sends, a log line stays a line. */
const MAX_RAW_CHARS = 300;

interface Entry<Event> {
  level: Level | ((event: Event) => Level);
  message: string;
  /** What of the event is written; all of it when absent. */
  fields?: (event: Event) => object;
}

/** How each event is told. The list is the events' own: one that is missing here does not compile. */
const entries: { [Name in keyof EngineEvents]: Entry<EngineEvents[Name]> } = {
  'run.created': { level: 'info', message: 'run created' },
  'run.progress': { level: 'trace', message: 'run progress' },
  'run.finished': {
    level: ({ state }) => (state === 'completed' ? 'info' : 'warn'),
    message: 'run finished',
  },
  'leg.started': { level: 'info', message: 'device started' },
  'leg.finished': {
    level: ({ state }) => (state === 'ok' ? 'info' : 'warn'),
    message: 'device finished',
  },
  'leg.handed-over': { level: 'info', message: 'device handed over' },
  'pair.finished': {
    level: ({ line }) => (line.status === 'eroare' || line.status === 'partial' ? 'warn' : 'debug'),
    message: 'employee finished',
    fields: ({ runId, line }) => ({
      runId,
      deviceId: line.deviceId,
      employeeNo: line.employeeNo,
      status: line.status,
      person: line.person,
      face: line.face,
      reasons: line.reasons,
      errorCode: line.error?.code ?? null,
    }),
  },
  'call.started': { level: 'trace', message: 'call started' },
  'call.finished': { level: 'debug', message: 'call finished' },
  'device.stopped': {
    level: 'warn',
    message: 'device stopped',
    fields: ({ deviceId, code, message, raw }) => ({
      deviceId,
      code,
      reason: message,
      raw: raw === null ? null : raw.slice(0, MAX_RAW_CHARS),
    }),
  },
  'device.recovered': { level: 'info', message: 'device recovered' },
  'device.inventoried': { level: 'info', message: 'device inventoried' },
  'device.list-doubted': { level: 'warn', message: 'people are gone from a device' },
  'device.capacity-short': { level: 'warn', message: 'device too small' },
  'leaver.handled': { level: ({ closed }) => (closed ? 'info' : 'warn'), message: 'leaver handled' },
  'lease.taken': { level: 'debug', message: 'lease taken' },
  'lease.lost': { level: 'warn', message: 'lease lost' },
  'lane.failed': {
    level: 'error',
    message: 'lane failed',
    fields: ({ deviceId, message }) => ({ deviceId, reason: message }),
  },
  'store.failed': {
    level: 'warn',
    message: 'database failed',
    fields: ({ doing, message }) => ({ doing, reason: message }),
  },
};

function listenerFor<Name extends keyof EngineEvents>(
  log: Logger,
  name: Name,
): (event: EngineEvents[Name]) => void {
  const { level, message, fields } = entries[name];
  return (event) => {
    const at = typeof level === 'function' ? level(event) : level;
    log[at]({ event: name, ...(fields === undefined ? event : fields(event)) }, message);
  };
}

/** Writes every event of the engine to the log: ids and employee numbers, no names. */
export function logEvents(events: EventSource, log: Logger): void {
  for (const name of Object.keys(entries) as (keyof EngineEvents)[]) events.on(name, listenerFor(log, name));
}
