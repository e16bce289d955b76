import { z } from 'zod';
import { assembleParts, type Overrides } from '../daemon/parts.ts';
import type { Engine } from '../engine/engine.ts';
import { scopes } from '../engine/run/scopes.ts';
import { runAnswerChunks } from '../http/send-run.ts';
import type { RunScope } from '../model/run.ts';
import { commandConfig } from './command-config.ts';
import { EXIT_FAILED, UsageError } from './exit-codes.ts';
import { reportRun } from './run-report.ts';
import type { Terminal } from './terminal.ts';
import { logTrouble } from './trouble-log.ts';

export interface RunOptions {
  angajat?: string;
  dispozitiv?: string;
  santier?: string;
  photoOnly?: boolean;
  full?: boolean;
  verify?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

export function checkId(option: string, value: string): string {
  if (!z.guid().safeParse(value).success)
    throw new UsageError(`${option} is "${value}", which is no id. Give the UUID from the database.`);
  return value.toLowerCase();
}

/** @throws UsageError when the options contradict each other. */
function scopeOfOptions(options: RunOptions): RunScope {
  if (options.full && options.verify)
    throw new UsageError('--full and --verify exclude each other: all is sent, or only what differs.');
  const employeeId = options.angajat === undefined ? null : checkId('--angajat', options.angajat);
  const deviceId = options.dispozitiv === undefined ? null : checkId('--dispozitiv', options.dispozitiv);
  const siteId = options.santier === undefined ? null : checkId('--santier', options.santier);
  if (siteId !== null && deviceId !== null)
    throw new UsageError('--santier and --dispozitiv exclude each other: a device stands on one site.');
  const more = {
    siteId,
    mode: options.full ? 'full' : options.verify ? 'verify' : 'incremental',
    execution: options.dryRun ? 'plan' : 'perform',
  } as const;
  if (options.photoOnly) {
    if (employeeId === null || deviceId !== null)
      throw new UsageError(
        '--photo-only is for one employee on all devices: give --angajat, and no --dispozitiv.',
      );
    return scopes.photoOnlyToAllDevices(employeeId, more);
  }
  if (employeeId !== null)
    return deviceId === null
      ? scopes.employeeToAllDevices(employeeId, more)
      : scopes.employeeToDevice(employeeId, deviceId, more);
  return deviceId === null
    ? scopes.allEmployeesToAllDevices(more)
    : scopes.allEmployeesToDevice(deviceId, more);
}

function showProgress(engine: Engine, runId: string, terminal: Terminal): void {
  if (!terminal.interactive) return;
  engine.events.on('run.progress', ({ runId: of, done, total }) => {
    if (of === runId) terminal.note(`\r${done} of ${total} `);
  });
}

/** Calls `act` once the signal aborts, at once when it has. */
function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

function firstOf(finished: Promise<unknown>, interrupted: AbortSignal): Promise<'finished' | 'interrupted'> {
  return new Promise((resolve, reject) => {
    finished.then(() => {
      resolve('finished');
    }, reject);
    whenAborted(interrupted, () => {
      resolve('interrupted');
    });
  });
}

/** One sync from the command line, worked on by this process; gives the exit code. */
export async function runSync(
  options: RunOptions,
  terminal: Terminal,
  overrides: Overrides = {},
): Promise<number> {
  const scope = scopeOfOptions(options);
  const config = commandConfig(terminal);
  const parts = assembleParts(config, overrides);
  const { store } = parts;
  // Asked first, so that a database that is away is said at once instead of waited for.
  await store.checkReachable();
  const { interrupted } = terminal;
  if (interrupted.aborted) {
    terminal.note('Interrupted: nothing was asked for.\n');
    return EXIT_FAILED;
  }
  const engine = parts.startEngine();
  logTrouble(engine.events, config.logLevel, terminal);
  try {
    const { runId, created } = await engine.submit(scope, 'cli');
    if (!created) terminal.note(`The same work is running already, as ${runId}: waiting for it.\n`);
    showProgress(engine, runId, terminal);
    const finished = engine.whenFinished(runId);
    if (created)
      whenAborted(interrupted, () => {
        terminal.note('\nCancelling after the calls in flight. Once more ends at once.\n');
        void engine.cancel(runId).catch((error: unknown) => {
          terminal.note(`The run could not be cancelled: ${String(error)}\n`);
        });
      });
    // Somebody else asked for that run: whoever only waits for it does not end it.
    else if ((await firstOf(finished, interrupted)) === 'interrupted') {
      terminal.note(`\nNo longer waiting. The run goes on: sync runs show ${runId}\n`);
      return EXIT_FAILED;
    }
    await finished;
    if (terminal.interactive) terminal.note('\r');
    const run = await store.readRun(runId);
    if (run === null) throw new Error(`Run ${runId} ended, but is not in the database.`);
    if (options.json) {
      for await (const chunk of runAnswerChunks(store, run, true)) terminal.out(chunk);
      terminal.out('\n');
    } else terminal.out(`${await reportRun(store, run)}\n`);
    return run.state === 'completed' || run.scope.execution === 'plan' ? 0 : EXIT_FAILED;
  } finally {
    await engine.stop();
  }
}
