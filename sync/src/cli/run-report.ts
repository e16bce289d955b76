import type { Leg, Line, Run } from '../model/run.ts';
import { summaryAnswer } from '../http/run-answer.ts';
import { readResults } from '../http/run-results.ts';
import type { StorePort } from '../http/store-port.ts';
import { formatTable } from './table.ts';

/** The table shows so many results; --json has them all. */
const MAX_ROWS = 100;

const isOfInterest = (line: Line): boolean => line.person !== 'unchanged' || line.status !== 'sincronizat';

function deviceTable(run: Run): string {
  const head = [
    'device',
    'state',
    'done',
    'there already',
    'partial',
    'skipped',
    'failed',
    'not tried',
    'reason',
  ];
  const rows = run.legs.map(({ deviceName, state, counters, reason }) => [
    deviceName,
    state,
    counters.success,
    counters.alreadyExisting,
    counters.partial,
    counters.skipped,
    counters.failed,
    counters.notAttempted,
    reason ?? '',
  ]);
  return formatTable(head, rows);
}

/** A run without devices did nothing, and calls itself completed all the same. */
const noDevices = ({ scope }: Run): string =>
  scope.siteId === null
    ? 'There was nothing to do: no device in dispozitive_pontaj has the status "activ" or "eroare".'
    : `There was nothing to do: no device with the status "activ" or "eroare" has santier_id ${scope.siteId}.`;

/** Who is on a device and is not ours. */
const strangersOf = ({ deviceName, strangers }: Leg): string[] => {
  if (strangers === null || strangers.count === 0) return [];
  const more = strangers.count - strangers.employeeNos.length;
  const numbers = `${strangers.employeeNos.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [`Not ours, and left alone, on ${deviceName}: ${strangers.count} (numbers ${numbers}).`];
};

const row = (line: Line, deviceName: string) => [
  line.employeeNo ?? '-',
  deviceName,
  line.status,
  line.person,
  line.face,
  line.error === null ? line.reasons.join('; ') : `${line.error.code}: ${line.error.message}`,
];

/** A run for people: each device, then each employee that was not simply in step. */
export async function reportRun(store: StorePort, run: Run): Promise<string> {
  const names = new Map(run.legs.map((leg) => [leg.deviceId, leg.deviceName]));
  const rows: (string | number)[][] = [];
  let more = 0;
  for await (const line of readResults(store, run)) {
    if (!isOfInterest(line)) continue;
    if (rows.length < MAX_ROWS) rows.push(row(line, names.get(line.deviceId) ?? line.deviceId));
    else more += 1;
  }
  const { employees, devices } = summaryAnswer(run);
  const title = run.scope.execution === 'plan' ? 'Plan (nothing was changed)' : 'Run';
  const head = ['number', 'device', 'status', 'person', 'face', 'why'];
  return [
    `${title} ${run.runId}: ${run.state} (employees: ${employees}, devices: ${devices})`,
    '',
    run.legs.length > 0 ? deviceTable(run) : noDevices(run),
    ...(rows.length > 0 ? ['', formatTable(head, rows)] : []),
    ...(more > 0 ? [`… and ${more} more; --json has them all`] : []),
    ...run.legs.flatMap((leg) => strangersOf(leg).map((text) => `\n${text}`)),
    ...(run.employeesWithoutNumber > 0
      ? ['', `Active employees skipped because they have no employee_no: ${run.employeesWithoutNumber}.`]
      : []),
  ].join('\n');
}
