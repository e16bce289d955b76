import type { Clock } from '../clock.ts';
import type { DeviceClient } from '../isapi/device-client.ts';
import type { Device } from '../model/device.ts';
import type { RunScope } from '../model/run.ts';
import type { Store } from '../store/store.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { createAddressDesk } from './device/address-desk.ts';
import { createEmployeeDesk } from './device/employee-desk.ts';
import type { EngineEvents } from './events.ts';
import { startFleet } from './fleet/fleet.ts';
import { createGate } from './fleet/gate.ts';
import { checkOptions, defaultEngineOptions, type EngineOptions } from './options.ts';
import type { PhotoSource } from './device/photo-source.ts';
import type { Random } from './random.ts';
import { createRunBook } from './run/run-book.ts';
import { scopes } from './run/scopes.ts';
import { createRun } from './run/submit.ts';

/** Pages of pairs held at the same time, however many devices there are. */
const PAGES_AT_ONCE = 8;
/** Runs looked at after a start, for those whose daemon died between the last leg and closing the run. */
const RUNS_TO_CLOSE = 50;
/** How often that is repeated, for daemons that died while we lived. */
const CLOSE_EVERY_MS = 60_000;

export interface Submitted {
  runId: string;
  /** False: the same work is queued or running already, under this id. */
  created: boolean;
}

type Options = Partial<Pick<RunScope, 'mode' | 'execution' | 'siteId'>>;

export interface Engine {
  readonly events: Emitter<EngineEvents>;
  /** @throws ScopeError, StoreUnreachableError, StoreRejectedError */
  submit(scope: RunScope, requestedBy: string): Promise<Submitted>;
  /** The same plan, written into a run's lines; nothing is sent that changes a device. */
  plan(scope: RunScope, requestedBy: string): Promise<Submitted>;
  /** Resolves when the run is over, whichever daemon worked on it; rejects with the signal's reason. */
  whenFinished(runId: string, signal?: AbortSignal): Promise<void>;
  /** The calls in flight are the last ones. */
  cancel(runId: string): Promise<void>;
  syncEmployeeToDevice(
    employeeId: string,
    deviceId: string,
    requestedBy: string,
    options?: Options,
  ): Promise<Submitted>;
  syncEmployeeToAllDevices(employeeId: string, requestedBy: string, options?: Options): Promise<Submitted>;
  syncAllEmployeesToAllDevices(requestedBy: string, options?: Options): Promise<Submitted>;
  syncAllEmployeesToDevice(deviceId: string, requestedBy: string, options?: Options): Promise<Submitted>;
  syncPhotoOnlyToAllDevices(employeeId: string, requestedBy: string, options?: Options): Promise<Submitted>;
  /** Ends after the calls in flight; devices and open legs are free for others at once. */
  stop(): Promise<void>;
}

export interface EngineSetup {
  store: Store;
  /** A new client of a device; the engine closes it. */
  clientFor: (device: Device) => DeviceClient;
  /** Null: photos are never sent, only their URLs. */
  photoSource?: PhotoSource | null;
  clock: Clock;
  random: Random;
  options?: Partial<EngineOptions>;
  /** Names this daemon in the leases; no two that live at the same time may share it. */
  owner: string;
}

const isOver = (state: string): boolean => state !== 'queued' && state !== 'running';

/**
 * The engine of one daemon. It begins at once: open legs that nobody drives are taken up. Several of them may work on
 * one database; a device is driven by one at a time.
 * @throws RangeError when the options do not go together.
 */
export function createEngine(setup: EngineSetup): Engine {
  const { store, clock } = setup;
  const options = checkOptions({ ...defaultEngineOptions, ...setup.options });
  const events = createEmitter<EngineEvents>();
  const book = createRunBook(store, events, options);
  const watched = new Map<string, number>();
  let closeAtMs = -Infinity;

  async function closeForgotten(): Promise<void> {
    closeAtMs = clock.now() + CLOSE_EVERY_MS;
    for (const run of await store.listRuns(null, RUNS_TO_CLOSE))
      if (!isOver(run.state) && run.legs.every(({ state }) => isOver(state))) await book.legOver(run.runId);
  }

  async function tick(): Promise<void> {
    const open = book.openRuns;
    if (open.length > 0) book.cancelled(await store.readCancelled(open));
    for (const runId of new Set([...open, ...watched.keys()])) {
      if (open.includes(runId)) await book.lookForFatal(runId);
      // A run that others may end: watched by somebody here, or begun here and handed over.
      if (!watched.has(runId)) continue;
      const run = await store.readRunProgress(runId);
      if (run !== null && isOver(run.state)) {
        book.over(runId, run.state);
        settle(runId);
      }
    }
    if (clock.now() >= closeAtMs) await closeForgotten();
  }

  const waiting = new Map<string, Set<() => void>>();
  const settle = (runId: string) => {
    for (const done of [...(waiting.get(runId) ?? [])]) done();
  };
  events.on('run.finished', ({ runId }) => {
    settle(runId);
  });

  const fleet = startFleet(
    {
      store,
      clientFor: setup.clientFor,
      photoSource: setup.photoSource ?? null,
      clock,
      random: setup.random,
      options,
      events,
      desk: createEmployeeDesk(store, clock),
      addresses: createAddressDesk(store),
      pageGate: createGate(PAGES_AT_ONCE),
    },
    book,
    setup.owner,
    tick,
  );

  const submit = async (scope: RunScope, requestedBy: string): Promise<Submitted> => {
    const { runId, created, devices, employees } = await createRun(store, scope, requestedBy);
    if (created) events.emit('run.created', { runId, kind: scope.kind, devices, employees, requestedBy });
    fleet.nudge();
    return { runId, created };
  };

  async function whenFinished(runId: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    let done: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (done = resolve));
    const waiters = waiting.get(runId) ?? new Set();
    waiting.set(runId, waiters.add(done));
    watched.set(runId, (watched.get(runId) ?? 0) + 1);
    signal?.addEventListener('abort', done);
    try {
      // Asked after the waiter stands: a run that ends in between is not missed.
      const run = await store.readRunProgress(runId);
      if (run === null || isOver(run.state)) return;
      await finished;
      signal?.throwIfAborted();
    } finally {
      signal?.removeEventListener('abort', done);
      waiters.delete(done);
      if (waiters.size === 0) waiting.delete(runId);
      const left = (watched.get(runId) ?? 1) - 1;
      if (left === 0) watched.delete(runId);
      else watched.set(runId, left);
    }
  }

  return {
    events,
    submit,
    plan: (scope, requestedBy) => submit({ ...scope, execution: 'plan' }, requestedBy),
    whenFinished,
    async cancel(runId) {
      await store.requestCancel(runId);
      book.cancelled([runId]);
      fleet.nudge();
    },
    syncEmployeeToDevice: (employeeId, deviceId, requestedBy, more) =>
      submit(scopes.employeeToDevice(employeeId, deviceId, more), requestedBy),
    syncEmployeeToAllDevices: (employeeId, requestedBy, more) =>
      submit(scopes.employeeToAllDevices(employeeId, more), requestedBy),
    syncAllEmployeesToAllDevices: (requestedBy, more) =>
      submit(scopes.allEmployeesToAllDevices(more), requestedBy),
    syncAllEmployeesToDevice: (deviceId, requestedBy, more) =>
      submit(scopes.allEmployeesToDevice(deviceId, more), requestedBy),
    syncPhotoOnlyToAllDevices: (employeeId, requestedBy, more) =>
      submit(scopes.photoOnlyToAllDevices(employeeId, more), requestedBy),
    stop: () => fleet.stop(),
  };
}
