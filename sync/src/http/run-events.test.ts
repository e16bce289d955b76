import { describe, expect, it } from 'vitest';
import { StoreUnreachableError } from '../store/store-errors.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import type { EventSource } from './engine-port.ts';
import { runEvents } from './run-events.ts';
import { createFakeEngine } from './testing/fake-engine.ts';
import { furnishedStore, line } from './testing/furnish.ts';
import { deviceId } from './testing/ids.ts';

async function started() {
  const clock = createVirtualClock();
  const store = furnishedStore(clock);
  const engine = createFakeEngine(store);
  const { runId } = await engine.submit(
    {
      kind: 'sync-all-to-device',
      employeeId: null,
      deviceId: deviceId(1),
      siteId: null,
      work: 'person-and-face',
      mode: 'incremental',
      execution: 'perform',
    },
    'tester',
  );
  const stop = new AbortController();
  const deps = { store, events: engine.events, clock, signal: stop.signal };
  return { clock, store, engine, runId, stop, deps };
}

const parse = (text: string) => {
  const [, event, data] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(text) ?? [];
  return event === undefined ? { event: null } : { event, ...(JSON.parse(data ?? '') as object) };
};

describe('runEvents', () => {
  it('tells the state at once, each change, and the end', async () => {
    const { clock, engine, runId, deps } = await started();
    const stream = runEvents(runId, deps);
    const next = async () => parse((await clock.run(stream.next())).value as string);
    expect(await next()).toMatchObject({ event: 'progress', status: 'queued', done: 0, total: 3 });

    const second = next();
    await engine.work(runId, deviceId(1), [line(1, 1), line(2, 1)], { state: 'running' });
    expect(await second).toMatchObject({ event: 'progress', status: 'running', done: 2, total: 3 });

    await engine.work(runId, deviceId(1), [line(3, 1)]);
    await engine.finish(runId);
    expect(await next()).toMatchObject({
      event: 'finished',
      status: 'completed',
      done: 3,
      devices: [{ dispozitiv_id: deviceId(1), status: 'ok', success: 3 }],
    });
    expect((await stream.next()).done).toBe(true);
  });

  it('sees what another daemon does, without any event', async () => {
    const { clock, store, engine, runId, deps } = await started();
    const stream = runEvents(runId, deps);
    await clock.run(stream.next());
    const silent = createFakeEngine(store);
    await silent.work(runId, deviceId(1), [line(1, 1)]);
    const beforeMs = clock.now();
    expect(parse((await clock.run(stream.next())).value as string)).toMatchObject({ done: 1 });
    expect(clock.now() - beforeMs).toBeGreaterThan(1000);
    expect(engine.waiting.size).toBe(0);
  });

  it('does not repeat itself: no news is a comment', async () => {
    const { clock, runId, deps } = await started();
    const stream = runEvents(runId, deps);
    await clock.run(stream.next());
    expect((await clock.run(stream.next())).value).toMatch(/^:/);
  });

  it('tells at most four times a second', async () => {
    const { clock, engine, runId, deps } = await started();
    const stream = runEvents(runId, deps);
    const startMs = clock.now();
    for (let n = 0; n < 9; n += 1) {
      const next = stream.next();
      engine.events.emit('run.progress', { runId, done: n, total: 9 });
      await clock.run(next);
    }
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(8 * 250);
  });

  it('stays open while the database is away', async () => {
    const { clock, store, runId, deps } = await started();
    const readRunProgress = store.readRunProgress.bind(store);
    let away = true;
    const shaky = {
      ...store,
      readRunProgress: (id: string) =>
        away ? Promise.reject(new StoreUnreachableError('away')) : readRunProgress(id),
    };
    const stream = runEvents(runId, { ...deps, store: shaky });
    expect((await clock.run(stream.next())).value).toMatch(/^:/);
    away = false;
    expect(parse((await clock.run(stream.next())).value as string)).toMatchObject({ event: 'progress' });
  });

  it('ends when it is stopped, and listens no more', async () => {
    const { clock, engine, runId, stop, deps } = await started();
    let listeners = 0;
    const counted: EventSource = {
      on: (name, listener) => {
        listeners += 1;
        return engine.events.on(name, listener);
      },
      off: (name, listener) => {
        listeners -= 1;
        engine.events.off(name, listener);
      },
    };
    const stream = runEvents(runId, { ...deps, events: counted });
    await clock.run(stream.next());
    expect(listeners).toBe(3);
    const next = stream.next();
    stop.abort();
    expect((await clock.run(next)).done).toBe(true);
    expect(listeners).toBe(0);
  });
});
