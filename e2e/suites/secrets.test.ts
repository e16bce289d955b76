import { describe, expect, test } from 'vitest';
import { withStack } from './support/with-stack.ts';

describe('what the daemon prints and answers', () => {
  test('holds no password, key, token, digest header or name, whatever goes wrong', () =>
    withStack(
      { devices: 3, employees: 3, daemonEnv: { LOG_LEVEL: 'trace', DEVICE_TIMEOUT_MS: '1000' } },
      async (stack) => {
        await stack.devices[0]!.changePassword('Alta-Parola-7');
        await stack.devices[1]!.setFaults(['rubbish']);
        const { body } = await stack.sync('sync-all-to-all-devices');
        const metrics = await (await fetch(`${stack.daemon.url}/metrics`)).text();
        const everything = `${stack.daemon.output()}${JSON.stringify(body)}${metrics}`;
        const secrets = [
          'Parola-123',
          stack.supabase.secretKey,
          stack.supabase.jwtSecret,
          stack.token().split('.')[2]!,
          'Digest username',
          ...stack.employees.flatMap(({ nume, prenume }) => [nume, prenume]),
        ];
        for (const secret of secrets) expect(everything).not.toContain(secret);
        expect(stack.daemon.logs().length).toBeGreaterThan(5);
      },
    ));
});
