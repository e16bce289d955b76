import { describe, expect, test } from 'vitest';
import type { RunBody, Stack } from '../src/stack/stack.ts';
import { expectAgreement } from './support/agreement.ts';
import { deviceRow, setDevice } from './support/rows.ts';
import { withStack } from './support/with-stack.ts';

const BAD = 1;

/** The two good terminals hold everybody; the bad one is reported stopped, with its reason. */
async function expectOthersDone(stack: Stack, body: RunBody, status: number): Promise<void> {
  expect(status).toBe(200);
  expect(body.status).toBe('partial');
  for (const [index, device] of stack.devices.entries()) {
    const reported = body.devices.find(({ dispozitiv_id }) => dispozitiv_id === device.databaseId);
    if (index === BAD) {
      expect(reported?.status).toBe('stopped');
      expect(reported?.reason).not.toBeNull();
    } else {
      expect(reported).toMatchObject({ status: 'ok', reason: null });
      expect(await device.persons()).toHaveLength(stack.employees.length);
      expect(await device.faces()).toHaveLength(stack.employees.length);
    }
  }
  expect(body.errors.some(({ dispozitiv_id }) => dispozitiv_id === stack.devices[BAD]!.databaseId)).toBe(
    true,
  );
  await expectAgreement(stack, body);
}

const setUp = { devices: 3, employees: 3, daemonEnv: { DEVICE_TIMEOUT_MS: '1000' } };

describe('one device of three', () => {
  test('is offline: the others get everything, its employees are reported as not attempted', () =>
    withStack(setUp, async (stack) => {
      await stack.devices[BAD]!.powerOff();
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      await expectOthersDone(stack, body, status);
      expect(body.summary).toMatchObject({ success: 6 });
      expect(body.errors[0]?.code).toBe('device_unreachable');
      await stack.devices[BAD]!.powerOn();
      const again = await stack.sync('sync-all-to-device', { dispozitiv_id: stack.devices[BAD]!.databaseId });
      expect(again.body.status).toBe('completed');
      await expectAgreement(stack, again.body);
    }));

  test('has another password: one refused login, ever, until the password in the database changes', () =>
    withStack(setUp, async (stack) => {
      const bad = stack.devices[BAD]!;
      await bad.changePassword('Schimbata-9');
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      await expectOthersDone(stack, body, status);
      expect(body.errors.some(({ code }) => code === 'device_credentials_refused')).toBe(true);
      await stack.sync('sync-all-to-all-devices', { full: true });
      await stack.daemon.stop();
      await stack.startDaemon();
      await stack.sync('sync-all-to-device', { dispozitiv_id: bad.databaseId });
      expect(await bad.requests({ auth: 'wrong-response' })).toHaveLength(1);

      const type = async (password_encrypted: string | null) => {
        await setDevice(stack, bad, { password_encrypted });
        return stack.sync('sync-all-to-device', { dispozitiv_id: bad.databaseId });
      };
      // Another wrong one, and the first one again.
      const { password_encrypted: first } = await deviceRow(stack, bad);
      for (const password of ['Gresita-1', first, 'Gresita-1'])
        expect((await type(password)).status).toBe(502);
      expect(await bad.requests({ auth: 'wrong-response' })).toHaveLength(2);

      const mended = await type('Schimbata-9');
      expect(mended.body.status).toBe('completed');
      expect(await bad.requests({ auth: 'wrong-response' })).toHaveLength(2);
      await expectAgreement(stack, mended.body);
    }));

  test('does not tell what it counts: a refusal lost on the line is the last one, until an operator decides', () =>
    withStack({ ...setUp, devices: [{}, { traits: { unauthorizedBody: 'bare' } }, {}] }, async (stack) => {
      const bad = stack.devices[BAD]!;
      const again = () => stack.sync('sync-all-to-all-devices', { full: true });
      expect((await stack.sync('sync-all-to-all-devices')).body.status).toBe('completed');
      const { password_encrypted: password } = await deviceRow(stack, bad);
      await bad.changePassword('Schimbata-9');
      // The refusal, after the challenge: later than the daemon waits.
      await bad.setFaults([{ when: { stage: 'any', nth: 2 }, what: { kind: 'delay', ms: 3000 } }]);
      const refused = bad.waitForRequest({ auth: 'wrong-response' });
      const lost = await again();
      await expectOthersDone(stack, lost.body, lost.status);
      expect(lost.body.errors.map(({ code }) => code)).toContain('device_timeout');
      await stack.daemon.kill();
      await stack.startDaemon();
      for (let nth = 0; nth < 2; nth += 1)
        expect((await again()).body.errors.map(({ code }) => code)).toContain('device_login_unclear');
      // The journal has it when the terminal is through with it.
      await refused;
      expect(await bad.requests({ auth: 'wrong-response' })).toHaveLength(1);

      const listed = await stack.cli(['devices', '--json']);
      expect(listed.stdout).toContain('"credentials":"unclear"');
      await bad.changePassword(password!);
      const retried = await stack.cli(['devices', 'retry-credentials', bad.databaseId]);
      expect(retried.exitCode).toBe(0);
      const mended = await again();
      expect(mended.body.status).toBe('completed');
      expect(await bad.requests({ auth: 'wrong-response' })).toHaveLength(1);
      await expectAgreement(stack, mended.body);
    }));

  test('is silent', () =>
    withStack(setUp, async (stack) => {
      await stack.devices[BAD]!.setFaults([{ when: { stage: 'any' }, what: { kind: 'silence' } }]);
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      await expectOthersDone(stack, body, status);
      expect(body.errors[0]?.code).toBe('device_timeout');
    }));

  test('is full: what fits is there, the rest is named', () =>
    withStack(setUp, async (stack) => {
      await stack.devices[BAD]!.setFaults([{ what: { kind: 'persons-full', at: 1 } }]);
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      await expectOthersDone(stack, body, status);
      expect(body.errors.some(({ code }) => code === 'device_persons_full')).toBe(true);
      expect((await stack.devices[BAD]!.persons()).length).toBeLessThanOrEqual(1);
    }));

  test('has no room for another face', () =>
    withStack(setUp, async (stack) => {
      await stack.devices[BAD]!.setFaults([{ what: { kind: 'faces-full', at: 1 } }]);
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      await expectOthersDone(stack, body, status);
      expect(body.errors.some(({ code }) => code === 'device_faces_full')).toBe(true);
    }));

  test('answers rubbish', () =>
    withStack(setUp, async (stack) => {
      await stack.devices[BAD]!.setFaults([{ what: { kind: 'malformed', body: '{"statusCode": <<<' } }]);
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      await expectOthersDone(stack, body, status);
      await stack.devices[BAD]!.setFaults([{ what: { kind: 'html' } }]);
      const html = await stack.sync('sync-all-to-all-devices', { full: true });
      await expectOthersDone(stack, html.body, html.status);
    }));

  test('and when every device fails, the run has failed and the answer is 502 with the same body', () =>
    withStack(setUp, async (stack) => {
      for (const device of stack.devices) await device.powerOff();
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      expect(status).toBe(502);
      expect(body.status).toBe('failed');
      expect(body.devices.map((device) => device.status)).toEqual(['stopped', 'stopped', 'stopped']);
    }));
});
