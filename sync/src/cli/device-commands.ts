import type { Device } from '../model/device.ts';
import { isRefused } from '../model/refused-credentials.ts';
import { createDatabaseClient } from '../store/supabase/client.ts';
import { createSupabaseOperator } from '../store/supabase/supabase-operator.ts';
import { createSupabaseStore } from '../store/supabase/supabase-store.ts';
import { commandConfig } from './command-config.ts';
import { UsageError } from './exit-codes.ts';
import { checkId } from './run-command.ts';
import { formatTable, formatTime } from './table.ts';
import type { Terminal } from './terminal.ts';

const connect = (terminal: Terminal) => createDatabaseClient(commandConfig(terminal).supabase);

/** `unclear`: a login that had been announced was cut off, and the device does not tell what came of it; only an operator can go on. */
function credentialsOf(device: Device): 'ok' | 'refused' | 'unclear' {
  const { memory } = device;
  // Others were refused before those that are in the row now.
  if (isRefused(device)) return memory.lastErrorCode === 'device_login_unclear' ? 'unclear' : 'refused';
  // That a proven login is announced is the daily life of a device that does not tell.
  const { unsettledCredentials: unsettled, provenCredentials, loginTriesLeft } = memory;
  const isUnclear = unsettled !== null && unsettled !== provenCredentials && loginTriesLeft === null;
  return isUnclear ? 'unclear' : 'ok';
}

/** What an operator needs of a device: never the password. */
const shown = (device: Device) => ({
  id: device.deviceId,
  name: device.name,
  address: `${device.scheme}://${device.host}:${device.port}`,
  status: device.status,
  serial: device.memory.serialNumber,
  model: device.memory.model,
  last_sync:
    device.memory.lastSyncedAtMs === null ? null : new Date(device.memory.lastSyncedAtMs).toISOString(),
  credentials: credentialsOf(device),
  locked_until:
    device.memory.lockedUntilMs === null ? null : new Date(device.memory.lockedUntilMs).toISOString(),
  failures: device.memory.consecutiveFailures,
  error_code: device.memory.lastErrorCode,
  error: device.memory.lastErrorMessage,
});

export async function listDevices(options: { json?: boolean }, terminal: Terminal): Promise<number> {
  const store = createSupabaseStore(connect(terminal), () => Date.now());
  const devices = await store.readDevices({});
  if (options.json) {
    terminal.out(`${JSON.stringify(devices.map(shown))}\n`);
    return 0;
  }
  const head = ['id', 'name', 'address', 'status', 'serial', 'last sync'];
  const rows = devices.map((device) => [
    device.deviceId,
    device.name,
    `${device.host}:${device.port}`,
    credentialsOf(device) === 'ok' ? device.status : `${device.status}, credentials ${credentialsOf(device)}`,
    device.memory.serialNumber ?? '-',
    formatTime(device.memory.lastSyncedAtMs),
  ]);
  // Whole, below the table: what to do about it is at its end.
  const errors = devices
    .filter(({ memory }) => memory.lastErrorMessage !== null)
    .map(({ name, memory }) => `\n${name}: ${memory.lastErrorMessage}\n`);
  terminal.out(
    devices.length === 0
      ? 'No devices in dispozitive_pontaj.\n'
      : `${formatTable(head, rows)}\n${errors.join('')}`,
  );
  return 0;
}

function found(deviceId: string, yes: boolean): void {
  if (!yes)
    throw new UsageError(
      `There is no device ${deviceId}. The command "devices" lists the ids of all devices.`,
    );
}

export async function acceptSerial(
  id: string,
  serial: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const deviceId = checkId('The device', id);
  found(deviceId, await createSupabaseOperator(connect(terminal)).acceptSerial(deviceId, serial ?? null));
  const which = serial === undefined ? 'whichever terminal answers next' : `the terminal ${serial}`;
  terminal.out(`Device ${deviceId} is ${which}. Its persons are read before anything is sent to it.\n`);
  return 0;
}

export async function retryCredentials(id: string, terminal: Terminal): Promise<number> {
  const deviceId = checkId('The device', id);
  const client = connect(terminal);
  found(deviceId, await createSupabaseOperator(client).retryCredentials(deviceId));
  const nowMs = Date.now();
  const [device] = await createSupabaseStore(client, () => nowMs).readDevices({ deviceIds: [deviceId] });
  const lockedUntilMs = device?.memory.lockedUntilMs ?? null;
  const when =
    lockedUntilMs !== null && lockedUntilMs > nowMs
      ? `the first sync after ${formatTime(lockedUntilMs)} (UTC): its account is locked until then`
      : 'the next sync';
  terminal.out(
    `Device ${deviceId} is logged in to once more at ${when}. If the password is wrong, one more failed login is ` +
      'counted by the terminal.\n',
  );
  return 0;
}
