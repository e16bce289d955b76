import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreRejectedError, StoreUnreachableError } from '../store/store-errors.ts';
import { answers } from './answer-schemas.ts';
import { MAX_BODY_BYTES } from './app.ts';
import { employee } from './testing/furnish.ts';
import { deviceId, employeeId, NOBODY, SITE } from './testing/ids.ts';
import { ORIGIN, startApp } from './testing/start-app.ts';
import { token } from './testing/tokens.ts';

const start = async () => {
  const app = await startApp();
  onTestFinished(() => app.server.stop());
  return app;
};

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
    [422, 'employee_name_missing', 'sync-angajat-all-devices', { angajat_id: employeeId(6) }],
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
    store.admin.putEmployee(employee(6, { displayName: '' }));
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
