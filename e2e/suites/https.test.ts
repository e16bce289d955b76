import { expect, test } from 'vitest';
import { expectAgreement } from './support/agreement.ts';
import { deviceRow, setDevice } from './support/rows.ts';
import { useStack } from './support/use-stack.ts';

const shared = useStack({ devices: [{ scheme: 'https' }, { scheme: 'https' }], employees: 2 });

test('verified, the default: a self-signed certificate is refused before anything is sent', async () => {
  const { stack } = shared;
  const [gate] = stack.devices;
  expect(await deviceRow(stack, gate!)).toMatchObject({
    protocol: 'https',
    politica_certificat: 'verificat',
  });
  const { status, body } = await stack.sync('sync-all-to-device', { dispozitiv_id: gate!.databaseId });
  expect(status).toBe(502);
  expect(body.devices[0]?.reason).toMatch(/certificate/i);
  expect(body.devices[0]?.reason).toMatch(/fingerprint/i);
  expect(await gate!.requests()).toEqual([]);
});

test('pinned: another fingerprint is refused, the right one lets everything through', async () => {
  const { stack } = shared;
  const [gate] = stack.devices;
  const fingerprint = gate!.certificateFingerprint ?? '';
  const other = fingerprint.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  await setDevice(stack, gate!, { politica_certificat: 'amprenta', amprenta_certificat: other });
  const refused = await stack.sync('sync-all-to-device', { dispozitiv_id: gate!.databaseId });
  expect(refused.status).toBe(502);
  expect(refused.body.devices[0]?.reason).toMatch(/fingerprint/i);
  expect(await gate!.requests()).toEqual([]);

  // As openssl prints it.
  const printed = fingerprint.toUpperCase().match(/../g)?.join(':') ?? '';
  await setDevice(stack, gate!, { amprenta_certificat: printed });
  const { body } = await stack.sync('sync-all-to-device', { dispozitiv_id: gate!.databaseId });
  expect(body.status).toBe('completed');
  expect(await gate!.faces()).toHaveLength(2);
  expect(await deviceRow(stack, gate!)).toMatchObject({ status: 'activ', ultima_eroare: null });
  await expectAgreement(stack, body);
});

test('unchecked, for one device: that one takes everything, its neighbour is still verified', async () => {
  const { stack } = shared;
  const [gate, other] = stack.devices;
  await setDevice(stack, gate!, { politica_certificat: 'neverificat', amprenta_certificat: null });
  const { status, body } = await stack.sync('sync-all-to-all-devices', { full: true });
  expect(status).toBe(200);
  expect(body.status).toBe('partial');
  const statusOf = (device: typeof gate) =>
    body.devices.find(({ dispozitiv_id }) => dispozitiv_id === device!.databaseId)?.status;
  expect([statusOf(gate), statusOf(other)]).toEqual(['ok', 'stopped']);
  expect(await other!.requests()).toEqual([]);
  await expectAgreement(stack, body);
});
