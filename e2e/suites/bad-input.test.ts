import { describe, expect, test } from 'vitest';
import { startDaemonProcess } from '../src/stack/embedded/daemon-process.ts';
import { withStack } from './support/with-stack.ts';

describe('bad input', () => {
  test('requests that cannot be served say why, and no run is left behind', () =>
    withStack({ devices: 1, employees: 1 }, async (stack) => {
      const nobody = '00000000-0000-4000-8000-00000000dead';
      const unknown = await stack.sync('sync-angajat-all-devices', { angajat_id: nobody });
      expect(unknown).toMatchObject({ status: 404, body: { code: 'employee_not_found' } });
      const noId = await stack.sync('sync-angajat-all-devices', {});
      expect(noId.status).toBe(422);
      expect(noId.body.detail).toContain('angajat_id');
      const noUuid = await stack.sync('sync-angajat-all-devices', { angajat_id: 'ion' });
      expect(noUuid.status).toBe(422);
      expect(noUuid.body.detail).toContain('ion');
      const noDevice = await stack.sync('sync-all-to-device', { dispozitiv_id: nobody });
      expect(noDevice).toMatchObject({ status: 404, body: { code: 'device_not_found' } });

      const post = (body: string, headers: Record<string, string> = {}) =>
        fetch(`${stack.daemon.url}/api/hikvision/sync-all-to-all-devices`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${stack.token()}`,
            ...headers,
          },
          body,
        });
      expect((await post('{nope')).status).toBe(400);
      expect((await post(JSON.stringify({ filler: 'x'.repeat(2_000_000) }))).status).toBe(413);
      expect((await post('{}', { authorization: 'Bearer nonsense' })).status).toBe(401);
      const weak = await post('{}', {
        authorization: `Bearer ${stack.token({ app_metadata: { role: 'vizitator' } })}`,
      });
      expect(weak.status).toBe(403);
      expect(weak.headers.get('content-type')).toContain('application/problem+json');

      const { count } = await stack.database.from('sincronizari').select('*', { count: 'exact', head: true });
      expect(count).toBe(0);
      expect(await stack.devices[0]!.requests()).toHaveLength(0);
    }));

  test('a daemon without settings says all that is missing and ends with code 2', async () => {
    await expect(startDaemonProcess({})).rejects.toThrow(/code 2[^]*SUPABASE_URL[^]*SUPABASE_SECRET_KEY/);
    await expect(
      startDaemonProcess({
        SUPABASE_URL: 'http://127.0.0.1:1',
        SUPABASE_SECRET_KEY: 'k',
        RATE_LIMIT_MS: 'soon',
      }),
    ).rejects.toThrow(/RATE_LIMIT_MS[^]*soon/);
  });

  test('an unreachable database is a 503 that says so, and the daemon recovers by itself', () =>
    withStack({ devices: 1, employees: 1, startDaemon: false }, async (stack) => {
      const daemon = await stack.startDaemon({ SUPABASE_URL: 'http://127.0.0.1:9' });
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      expect(status).toBe(503);
      expect(body.code).toBe('database_unreachable');
      expect((await fetch(`${daemon.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${daemon.url}/readyz`)).status).toBe(503);
    }));
});
