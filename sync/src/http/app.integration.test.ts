import { EventEmitter, once } from 'node:events';
import { request as rawRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { StoreRejectedError, StoreUnreachableError } from '../store/store-errors.ts';
import { answers } from './answer-schemas.ts';
import { createApp, MAX_BODY_BYTES, type Answered } from './app.ts';
import { openApi } from './openapi.ts';
import { listen, type RunningServer } from './server.ts';
import { createFakeEngine } from './testing/fake-engine.ts';
import { employee, furnishedStore, line } from './testing/furnish.ts';
import { deviceId, employeeId, NOBODY, SITE } from './testing/ids.ts';
import { auth, token } from './testing/tokens.ts';

const ORIGIN = 'https://pontaj.example.ro';
let open: RunningServer | null = null;
afterEach(async () => {
  await open?.stop();
  open = null;
});

async function start() {
  const store = furnishedStore(systemClock);
  const engine = createFakeEngine(store);
  const stopping = new AbortController();
  const reports: Answered[] = [];
  const reported = new EventEmitter();
  /** The nth report of an answered request, as soon as it is there. */
  const answered = async (nth: number): Promise<Answered> => {
    while (reports.length <= nth) await once(reported, 'report');
    return reports[nth]!;
  };
  const app = createApp({
    engine,
    store,
    clock: systemClock,
    stopping: stopping.signal,
    auth,
    corsOrigins: [ORIGIN],
    metrics: { contentType: 'text/plain; version=0.0.4', read: () => Promise.resolve('up 1\n') },
    onAnswered: (one) => {
      reports.push(one);
      reported.emit('report');
    },
  });
  const server = await listen(app, '127.0.0.1', 0);
  open = server;
  const bearer = `Bearer ${await token(Date.now())}`;
  const ask = async (
    path: string,
    init: { method?: string; body?: string; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: bearer, ...init.headers },
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const body = (type.includes('json') ? JSON.parse(text) : { text }) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, type, body };
  };
  const post = (kind: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(`/api/hikvision/${kind}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { store, engine, stopping, answered, server, ask, post };
}

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

describe('who may', () => {
  const runs = '/api/hikvision/runs';

  it('nobody without a token, whatever the address', async () => {
    const { ask } = await start();
    for (const path of [runs, `${runs}/${NOBODY}`, '/api/hikvision/nothing'])
      expect(await ask(path, { headers: { authorization: '' } })).toMatchObject({
        status: 401,
        type: 'application/problem+json; charset=utf-8',
      });
    expect((await ask(runs, { headers: { authorization: 'Bearer x.y.z' } })).body.code).toBe('token_invalid');
  });

  it('a body is not even read without a token', async () => {
    const { post } = await start();
    expect((await post('sync-all-to-all-devices', '{nope', { authorization: '' })).status).toBe(401);
  });

  it('without the role: looking yes, starting and cancelling no', async () => {
    const { ask, post } = await start();
    const visitor = await token(Date.now(), { app_metadata: { role: 'vizitator' } });
    const headers = { authorization: `Bearer ${visitor}` };
    expect((await ask(runs, { headers })).status).toBe(200);
    for (const path of ['sync-all-to-all-devices', `runs/${NOBODY}/cancel`])
      expect(await post(path, {}, headers)).toMatchObject({
        status: 403,
        body: { code: 'role_not_allowed' },
      });
  });

  it('pages of configured origins only', async () => {
    const { ask } = await start();
    const preflight = (origin: string) =>
      ask('/api/hikvision/sync-all-to-all-devices', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', authorization: '' },
      });
    const allowed = await preflight(ORIGIN);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('Authorization');
    const denied = await preflight('https://elsewhere.example');
    expect(denied.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('requests that cannot be served', () => {
  it.each([
    [404, 'employee_not_found', 'sync-angajat-all-devices', { angajat_id: NOBODY }],
    [422, 'employee_inactive', 'sync-angajat-all-devices', { angajat_id: employeeId(4) }],
    [422, 'employee_no_missing', 'sync-angajat-all-devices', { angajat_id: employeeId(5) }],
    [404, 'device_not_found', 'sync-all-to-device', { dispozitiv_id: NOBODY }],
    [422, 'device_inactive', 'sync-all-to-device', { dispozitiv_id: deviceId(3) }],
    [422, 'no_active_devices', 'sync-all-to-all-devices', { santier_id: SITE }],
    [422, 'photo_missing', 'sync-angajat-photo-only', { angajat_id: employeeId(3) }],
    [422, 'body_invalid', 'sync-angajat-all-devices', {}],
    [400, 'body_not_json', 'sync-all-to-all-devices', '{nope'],
    [413, 'body_too_large', 'sync-all-to-all-devices', { x: 'x'.repeat(MAX_BODY_BYTES) }],
  ])('%i %s', async (status, code, kind, body) => {
    const { store, post } = await start();
    store.admin.putDevice({ deviceId: deviceId(3), status: 'inactiv' });
    store.admin.putEmployee(employee(4, { active: false }));
    store.admin.putEmployee(employee(5, { employeeNo: null, biometricsId: null, photoUrl: null }));
    const answer = await post(kind, body);
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json; charset=utf-8',
      body: { code, status },
    });
    expect(answers.Problem.parse(answer.body)).toEqual(answer.body);
    expect(await store.listRuns(null, 10)).toEqual([]);
  });

  it('a body is JSON whatever its Content-Type says', async () => {
    const { post } = await start();
    const answer = await post(
      'sync-all-to-device',
      { dispozitiv_id: NOBODY },
      { 'content-type': 'text/plain' },
    );
    expect(answer.body.code).toBe('device_not_found');
  });

  it.each([
    ['GET', '/api/hikvision/sync-all-to-all-devices', 405, 'method_not_allowed'],
    ['DELETE', `/api/hikvision/runs/${NOBODY}`, 405, 'method_not_allowed'],
    ['POST', '/healthz', 405, 'method_not_allowed'],
    ['GET', '/nothing', 404, 'route_not_found'],
    ['GET', '/api/hikvision/nothing', 404, 'route_not_found'],
    ['GET', `/api/hikvision/runs/${NOBODY}`, 404, 'run_not_found'],
    ['GET', '/api/hikvision/runs/7', 404, 'run_not_found'],
    ['GET', '/api/hikvision/runs/%E0%A4%A', 400, 'body_not_json'],
    ['GET', '/api/hikvision/runs?limit=0', 422, 'query_invalid'],
    ['GET', '/api/hikvision/runs?limt=5', 422, 'query_invalid'],
    ['POST', `/api/hikvision/runs/${NOBODY}/cancel`, 404, 'run_not_found'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    const { ask } = await start();
    const answer = await ask(path, { method });
    expect(answer).toMatchObject({ status, body: { code } });
    if (status === 405) expect(answer.headers.get('allow')).not.toContain(method);
  });

  it.each([
    [503, 'database_unreachable', new StoreUnreachableError('connect ECONNREFUSED')],
    [500, 'database_rejected', new StoreRejectedError('permission denied')],
    [500, 'internal_error', new Error('a secret inside')],
  ])('%i %s', async (status, code, error) => {
    const { store, answered, ask, post } = await start();
    store.readDevices = () => Promise.reject(error);
    store.checkReachable = () => Promise.reject(error);
    const answer = await post('sync-all-to-all-devices', {});
    expect(answer).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(answer.body)).not.toContain(error.message);
    expect((await ask('/readyz')).status).toBe(status);
    expect((await ask('/healthz')).status).toBe(200);
    expect((await answered(0)).error).toBe(error);
  });
});

it('a device in eroare is asked: that is how it comes back', async () => {
  const { store, post } = await start();
  for (const n of [1, 2]) store.admin.putDevice({ deviceId: deviceId(n), status: 'eroare' });
  expect((await post('sync-all-to-all-devices', {}, { prefer: 'respond-async' })).status).toBe(202);
});

describe('runs', () => {
  it('are listed newest first, in pages', async () => {
    const { ask, post } = await start();
    for (const n of [1, 2])
      await post('sync-all-to-device', { dispozitiv_id: deviceId(n) }, { prefer: 'respond-async' });
    const ids: unknown[] = [];
    let query = '';
    for (let page = 0; page < 3 && query !== 'null'; page += 1) {
      const { status, body } = await ask(`/api/hikvision/runs?limit=1${query}`);
      expect(status).toBe(200);
      const list = answers.RunList.parse(body);
      ids.push(...list.runs.map(({ run_id }) => run_id));
      query = list.next === null ? 'null' : `&before=${list.next}`;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  });

  it('can be asked for while they run', async () => {
    const { engine, ask, post } = await start();
    const { body } = await post('sync-all-to-all-devices', {}, { prefer: 'respond-async' });
    await engine.work(String(body.run_id), deviceId(1), [line(1, 1)], { state: 'running' });
    const run = await ask(`/api/hikvision/runs/${String(body.run_id)}`);
    expect(answers.Run.parse(run.body)).toEqual(run.body);
    expect(run.body).toMatchObject({ status: 'running', requested_by: 'user-1', summary: { success: 1 } });
  });

  it('are cancelled once', async () => {
    const { engine, post } = await start();
    const { body } = await post(
      'sync-all-to-device',
      { dispozitiv_id: deviceId(1) },
      { prefer: 'respond-async' },
    );
    const runId = String(body.run_id);
    expect(await post(`runs/${runId}/cancel`, {})).toMatchObject({
      status: 202,
      body: { status: 'cancelling' },
    });
    expect(engine.cancelled).toEqual([runId]);
    await engine.work(runId, deviceId(1), [], { state: 'cancelled' });
    await engine.finish(runId);
    expect(await post(`runs/${runId}/cancel`, {})).toMatchObject({
      status: 409,
      body: { code: 'run_already_finished' },
    });
  });

  it('are watched as server-sent events until they are over', async () => {
    const { engine, server, post } = await start();
    const { body } = await post(
      'sync-all-to-device',
      { dispozitiv_id: deviceId(1) },
      { prefer: 'respond-async' },
    );
    const runId = String(body.run_id);
    const response = await fetch(`${server.url}/api/hikvision/runs/${runId}/events`, {
      headers: { authorization: `Bearer ${await token(Date.now())}` },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader.read();
    expect(first.value).toContain('"status":"queued"');
    await engine.work(runId, deviceId(1), [line(1, 1)]);
    await engine.finish(runId);
    let rest = '';
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) rest += chunk.value;
    expect(rest).toMatch(/event: finished\ndata: .*"status":"completed".*\n\n$/);
  });
});

describe('operation', () => {
  it('needs no token', async () => {
    const { ask } = await start();
    const headers = { authorization: '' };
    expect(await ask('/healthz', { headers })).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('/readyz', { headers })).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect((await ask('/metrics', { headers })).body).toEqual({ text: 'up 1\n' });
    expect((await ask('/openapi.json', { headers })).body).toEqual(openApi());
    const docs = await ask('/docs', { headers });
    expect(docs.type).toContain('text/html');
    expect(docs.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('is not ready while it stops', async () => {
    const { ask, stopping } = await start();
    stopping.abort();
    expect((await ask('/readyz')).status).toBe(503);
  });

  it('lists in /docs exactly what answers', async () => {
    const { ask } = await start();
    const page = String((await ask('/docs')).body.text);
    for (const [path, operations] of Object.entries(openApi().paths))
      for (const method of Object.keys(operations)) {
        expect(page).toContain(`${method.toUpperCase()} ${path}`);
        const answer = await ask(path.replace('{id}', NOBODY), {
          method: method.toUpperCase(),
          ...(method === 'post' ? { body: '[]' } : {}),
        });
        expect(['route_not_found', 'method_not_allowed']).not.toContain(answer.body.code);
      }
  });

  it('gives each request its own id and reports it without its query', async () => {
    const { answered, ask } = await start();
    const first = await ask('/healthz?token=abc');
    const second = await ask('/healthz');
    const ids = [first, second].map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(2);
    expect(await answered(0)).toMatchObject({
      requestId: ids[0],
      method: 'GET',
      path: '/healthz',
      status: 200,
    });
  });
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
