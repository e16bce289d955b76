import { request as rawRequest } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answers } from './answer-schemas.ts';
import { employee, line } from './testing/furnish.ts';
import { deviceId, employeeId } from './testing/ids.ts';
import { startApp } from './testing/start-app.ts';
import { token } from './testing/tokens.ts';

const start = async () => {
  const app = await startApp();
  onTestFinished(() => app.server.stop());
  return app;
};

describe('a sync request', () => {
  it('answers when the run is over, with everything', async () => {
    const { engine, post } = await start();
    const created = engine.nextRun();
    const answer = post('sync-all-to-all-devices', {});
    const runId = await created;
    await engine.work(runId, deviceId(1), [line(1, 1, { person: 'already_exists' })], {
      unchanged: [1002, 1003],
    });
    const error = { code: 'face_rejected', message: 'too dark' };
    await engine.work(runId, deviceId(2), [line(1, 2, { status: 'partial', face: 'failed', error })], {
      state: 'partial',
    });
    await engine.finish(runId);
    const { status, body } = await answer;
    expect(status).toBe(200);
    expect(answers.SyncResult.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      run_id: runId,
      status: 'partial',
      summary: { employees: 3, devices: 2, success: 3, already_existing: 1, partial: 1 },
      devices: [
        { dispozitiv_id: deviceId(1), nume: 'Poarta 1', status: 'ok', reason: null, success: 3 },
        { dispozitiv_id: deviceId(2), nume: 'Poarta 2', status: 'partial' },
      ],
      results: [
        { employee_no: 1001, dispozitiv_id: deviceId(1), person: 'already_exists', face: 'set' },
        { employee_no: 1001, dispozitiv_id: deviceId(2), status: 'partial', face: 'failed', error },
        { employee_no: 1002, angajat_id: employeeId(2), person: 'unchanged', face: 'unchanged' },
        { employee_no: 1003, person: 'unchanged', face: 'missing' },
      ],
      errors: [{ ...error, dispozitiv_id: deviceId(2), angajat_id: employeeId(1) }],
    });
    expect(JSON.stringify(body)).not.toContain('Nume Prenume');
  });

  it('is 502 with the same body when it failed on every device', async () => {
    const { engine, post } = await start();
    const created = engine.nextRun();
    const answer = post('sync-all-to-device', { dispozitiv_id: deviceId(1) });
    const runId = await created;
    const stopped = { state: 'stopped', reason: 'switched off', reasonCode: 'device_unreachable' } as const;
    await engine.work(runId, deviceId(1), [line(1, 1, { status: 'neincercat' })], stopped);
    await engine.finish(runId);
    const { status, body } = await answer;
    expect(status).toBe(502);
    expect(answers.SyncResult.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'failed',
      errors: [{ code: 'device_unreachable', message: 'switched off', angajat_id: null }],
    });
  });

  it.each(['respond-async', 'handling=lenient, Respond-Async; foo=1'])(
    'answers 202 at once with Prefer: %s',
    async (prefer) => {
      const { engine, ask, post } = await start();
      const { status, headers, body } = await post('sync-all-to-all-devices', {}, { prefer });
      expect(status).toBe(202);
      expect(headers.get('preference-applied')).toBe('respond-async');
      expect(answers.Accepted.parse(body)).toEqual(body);
      const location = headers.get('location') ?? '';
      expect(location).toBe(`/api/hikvision/runs/${String(body.run_id)}`);
      expect(engine.waiting.size).toBe(0);
      expect((await ask(location)).body).toMatchObject({ run_id: body.run_id, status: 'queued' });
    },
  );

  it('is 409 with the id of the run when the same work is on already', async () => {
    const { post } = await start();
    const first = await post('sync-all-to-all-devices', {}, { prefer: 'respond-async' });
    const second = await post('sync-all-to-all-devices', {});
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'sync_already_running', run_id: first.body.run_id },
    });
    expect(answers.Problem.parse(second.body)).toEqual(second.body);
    const other = await post(
      'sync-all-to-device',
      { dispozitiv_id: deviceId(1) },
      { prefer: 'respond-async' },
    );
    expect(other.status).toBe(202);
  });

  it('records who asked', async () => {
    const { store, post } = await start();
    const { body } = await post('sync-all-to-all-devices', {}, { prefer: 'respond-async' });
    expect((await store.readRun(String(body.run_id)))?.requestedBy).toBe('user-1');
  });

  it('goes on when the client goes away', async () => {
    const { engine, store, server, answered, post } = await start();
    const created = engine.nextRun();
    const client = rawRequest(`${server.url}/api/hikvision/sync-all-to-all-devices`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await token(Date.now())}` },
    });
    client.on('error', () => undefined);
    client.end('{}');
    const runId = await created;
    await engine.whenWaited(runId, 'somebody');
    client.destroy();
    await engine.whenWaited(runId, 'nobody');
    expect(engine.cancelled).toEqual([]);
    expect((await store.readRun(runId))?.state).toBe('queued');
    expect((await answered(0)).status).toBe(499);
    expect((await post('sync-all-to-all-devices', {})).status).toBe(409);
  });

  it('is told where its run is when the daemon stops in the middle', async () => {
    const { engine, stopping, post } = await start();
    const created = engine.nextRun();
    const answer = post('sync-all-to-all-devices', {});
    const runId = await created;
    await engine.whenWaited(runId, 'somebody');
    stopping.abort();
    expect(await answer).toMatchObject({ status: 503, body: { code: 'daemon_stopping', run_id: runId } });
  });
});

it('a device in eroare is asked: that is how it comes back', async () => {
  const { store, post } = await start();
  for (const n of [1, 2]) store.admin.putDevice({ deviceId: deviceId(n), status: 'eroare' });
  expect((await post('sync-all-to-all-devices', {}, { prefer: 'respond-async' })).status).toBe(202);
});

it('a run with many results is sent whole, page by page', async () => {
  const { engine, store, post } = await start();
  for (let n = 1; n <= 1203; n += 1)
    store.admin.putEmployee(
      employee(n, { employeeId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` }),
    );
  const created = engine.nextRun();
  const answer = post('sync-all-to-device', { dispozitiv_id: deviceId(1) });
  const runId = await created;
  const lines = Array.from({ length: 1203 }, (_, index) =>
    line(index + 1, 1, { employeeId: null, error: { code: 'x', message: 'y' }, status: 'eroare' }),
  );
  await engine.work(runId, deviceId(1), lines);
  await engine.finish(runId);
  const { body } = await answer;
  const parsed = answers.SyncResult.parse(body);
  expect(parsed.results).toHaveLength(1203);
  expect(parsed.errors).toHaveLength(1000);
});
