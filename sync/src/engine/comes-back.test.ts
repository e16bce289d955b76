import { describe, expect, test } from 'vitest';
import type { AnswerClass } from '../isapi/answer.ts';
import type { Operation } from './testing/model-terminal.ts';
import { scopes } from './run/scopes.ts';
import { anEmployee, createWorld, FIRST_NUMBER } from './testing/world.ts';

const DAY_MS = 86_400_000;

/** Three runs, each with something to send to a terminal that answers `operation` with `answer`. */
async function thriceRefused(operation: Operation, answer: AnswerClass) {
  const w = createWorld({ employees: 3 });
  const engine = w.startEngine();
  await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
  w.terminal().fault = (op) => (op === operation ? { kind: 'says', class: answer } : null);
  for (let nth = 0; nth < 3; nth += 1) {
    w.change(FIRST_NUMBER, { displayName: `Nume ${nth}` });
    w.store.admin.putEmployee(anEmployee(2000 + nth));
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.legs[0]!.state).toBe('stopped');
  }
  w.terminal().calls.length = 0;
  const device = () => w.store.admin.device('d-1')!;
  return { w, engine, device };
}

describe('a terminal that was given up', () => {
  test.each(['busy', 'unknown', 'unsupported'] as const)(
    'because it was %s comes back by itself, and is not asked too often meanwhile',
    async (answer) => {
      const { w, device } = await thriceRefused('readIdentity', answer);
      expect(device().status).toBe('eroare');
      await w.clock.advance(DAY_MS);
      expect(device().status).toBe('eroare');
      const probes = new Set(w.terminal().calls.map(({ startedMs }) => Math.floor(startedMs / 600_000)));
      expect(probes.size).toBeGreaterThan(20);
      expect(probes.size).toBeLessThan(110);
      w.terminal().fault = () => null;
      await w.clock.advance(3_600_000);
      expect(device()).toMatchObject({ status: 'activ', memory: { lastErrorCode: null } });
    },
  );

  test('because it is not understood is not called working again by its name alone', async () => {
    const { w, engine, device } = await thriceRefused('recordPerson', 'unknown');
    expect(device().status).toBe('eroare');
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(device()).toMatchObject({ status: 'eroare', memory: { consecutiveFailures: 4 } });
  });

  test.each(['busy', 'unknown', 'network'] as const)(
    'because it answers %s to all but its name is not called working again by its name alone',
    async (answer) => {
      const w = createWorld({ employees: 3 });
      const engine = w.startEngine();
      await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
      w.terminal().fault = (op) => (op === 'readIdentity' ? null : { kind: 'says', class: answer });
      const device = () => w.store.admin.device('d-1')!;
      for (let nth = 1; nth <= 3; nth += 1) {
        w.store.admin.putEmployee(anEmployee(2000 + nth));
        await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
        expect(device().memory.consecutiveFailures).toBe(nth);
      }
      expect(device().status).toBe('eroare');
      // Looked at often, for it is probed.
      for (let nth = 0; nth < 500; nth += 1) {
        await w.clock.advance(DAY_MS / 500);
        expect(device().status).toBe('eroare');
      }
      expect(device().memory.consecutiveFailures).toBeGreaterThan(20);
      w.terminal().fault = () => null;
      await w.clock.advance(3_600_000);
      expect(device()).toMatchObject({
        status: 'activ',
        memory: { consecutiveFailures: 0, lastErrorCode: null, nextProbeAtMs: null },
      });
      expect(w.terminal().offences).toEqual([]);
    },
  );

  test('because it was silent is shown as working from the first pair on that goes through, not before', async () => {
    const { w, engine, device } = await thriceRefused('recordPerson', 'network');
    expect(device().status).toBe('eroare');
    const shown: string[] = [];
    w.terminal().fault = (op) => {
      shown.push(`${op} ${device().status}`);
      return null;
    };
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const pairs = shown.filter((one) => /Person|Face/.test(one) && !one.startsWith('search'));
    expect(pairs[0]).toMatch(/eroare$/);
    expect(pairs.at(-1)).toMatch(/activ$/);
    expect(w.differences()).toEqual([]);
  });

  test('is not called working again by a run that was cancelled after its name was heard', async () => {
    const { w, engine, device } = await thriceRefused('recordPerson', 'unknown');
    let runId = '';
    w.terminal().fault = (op) => {
      if (op === 'readIdentity') void engine.cancel(runId);
      return op === 'readIdentity' ? null : { kind: 'says', class: 'unknown' };
    };
    const submitted = engine.syncAllEmployeesToAllDevices('x');
    void submitted.then((run) => {
      ({ runId } = run);
    });
    await w.finish(engine, submitted);
    expect(device()).toMatchObject({ status: 'eroare' });
  });

  test.each([
    ['busy', {}],
    // Read anew: what is not understood of them is no reason to stop.
    ['unknown', { capabilities: null, inventoriedAtMs: null }],
  ] as const)(
    'is not called working again by a run that was cancelled while it said %s',
    async (answer, known) => {
      const { w, engine, device } = await thriceRefused('recordPerson', 'network');
      w.store.admin.putDevice({ deviceId: 'd-1', memory: { ...device().memory, ...known } });
      let runId = '';
      w.terminal().fault = (op) => {
        if (op === 'readIdentity') return null;
        void engine.cancel(runId);
        return { kind: 'says', class: answer };
      };
      const submitted = engine.syncAllEmployeesToAllDevices('x');
      void submitted.then((run) => {
        ({ runId } = run);
      });
      const run = await w.finish(engine, submitted);
      expect(run.state).toBe('cancelled');
      expect(device()).toMatchObject({ status: 'eroare' });
    },
  );

  test('comes back with a dry run that finds it working, and nobody who left is closed out by it', async () => {
    const { w, engine, device } = await thriceRefused('recordPerson', 'network');
    w.terminal().fault = () => null;
    w.change(FIRST_NUMBER, { active: false });
    await w.finish(engine, engine.plan(scopes.allEmployeesToAllDevices(), 'x'));
    await w.clock.advance(w.options.pauseMs * 5);
    expect(device().status).toBe('activ');
    expect(w.terminal().calls.map(({ operation }) => operation)).toEqual(['readIdentity', 'searchPersons']);
  });

  test('is asked for one run although another one was cancelled just before', async () => {
    const w = createWorld({ employees: 3, options: { leavers: 'ignore' } });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const device = () => w.store.admin.device('d-1')!;
    const memory = { ...device().memory, consecutiveFailures: 3, lastErrorCode: 'device_unreachable' };
    w.store.admin.putDevice({ deviceId: 'd-1', status: 'eroare', memory });
    const one = engine.syncEmployeeToDevice('e-1000', 'd-1', 'x', { mode: 'full' });
    const all = engine.syncAllEmployeesToAllDevices('x');
    w.terminal().calls.length = 0;
    w.terminal().fault = (op) => {
      if (op === 'readIdentity') void one.then(({ runId }) => engine.cancel(runId));
      return null;
    };
    expect((await w.finish(engine, all)).state).toBe('completed');
    expect((await w.finish(engine, one)).state).not.toBe('completed');
    expect(w.terminal().calls.map(({ operation }) => operation)).toEqual(['readIdentity', 'searchPersons']);
    expect(device().status).toBe('activ');
  });

  test('is not given up because it is full: it works, and its row says what is wrong', async () => {
    const { w, engine, device } = await thriceRefused('recordPerson', 'full');
    expect(device()).toMatchObject({ status: 'activ', memory: { lastErrorCode: 'device_persons_full' } });
    w.terminal().fault = () => null;
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    expect(device()).toMatchObject({ status: 'activ', memory: { lastErrorCode: null } });
  });

  test('because of its password is never probed with it', async () => {
    const w = createWorld({ employees: 3 });
    const engine = w.startEngine();
    w.terminal().door.password = 'another';
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.terminal().calls.length = 0;
    await w.clock.advance(DAY_MS);
    expect(w.terminal().calls).toEqual([]);
  });

  test('because of its password is tried once its row says another, and once only', async () => {
    const w = createWorld({ employees: 3 });
    const engine = w.startEngine();
    w.terminal().door.password = 'another';
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'wrong again' });
    await w.clock.advance(DAY_MS);
    expect([...w.terminal().door.refused]).toEqual([
      ['secret', 1],
      ['wrong again', 1],
    ]);
    expect(w.store.admin.device('d-1')!.status).toBe('eroare');
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'another' });
    await w.clock.advance(DAY_MS);
    expect(w.store.admin.device('d-1')).toMatchObject({ status: 'activ', memory: { lastErrorCode: null } });
  });

  test('because of its password is left alone when somebody enters that one again, and not tried without end', async () => {
    const w = createWorld({ employees: 3 });
    const engine = w.startEngine();
    w.terminal().door.password = 'another';
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'mistyped' });
    w.store.admin.putDevice({ deviceId: 'd-1', password: 'secret' });
    await w.clock.advance(DAY_MS);
    expect([...w.terminal().door.refused]).toEqual([['secret', 1]]);
    expect(w.store.admin.device('d-1')).toMatchObject({ status: 'eroare', memory: { nextProbeAtMs: null } });
  });
});
