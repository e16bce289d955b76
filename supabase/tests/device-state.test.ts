import { beforeEach, expect, test } from 'vitest';
import { addDevice } from './support/people.ts';
import { refusalOf, useDatabase } from './support/use-database.ts';
import { createRun, takeLeases } from './support/work.ts';

const database = useDatabase();
let device: string;
let fence: string;

beforeEach(async () => {
  const { service } = database();
  device = await addDevice(service);
  await createRun(service, [device]);
  fence = (await takeLeases(service, 'A'))[0]!.fence;
});

async function write(state: Record<string, unknown>, underFence = fence): Promise<void> {
  const { service } = database();
  await service`select public.scrie_dispozitiv(${device}, ${underFence}, ${service.json(state as never)})`;
}
const read = async () => {
  const [row] = await database().service<{ status: string; ultima_sincronizare: Date | null }[]>`
    select * from public.dispozitive_pontaj where id = ${device}`;
  return row!;
};

test('only the keys that are there are written; null clears', async () => {
  await write({
    numar_serie: 'S1',
    model: 'DS-K1T341CMF',
    capabilitati: { maxPersons: 500 },
    esecuri_consecutive: 2,
  });
  await write({
    ultima_eroare: 'Nu răspunde.',
    model: null,
    urmatoarea_incercare_la: '2026-01-02T03:04:05Z',
  });
  expect(await read()).toMatchObject({
    numar_serie: 'S1',
    model: null,
    capabilitati: { maxPersons: 500 },
    esecuri_consecutive: 2,
    ultima_eroare: 'Nu răspunde.',
    urmatoarea_incercare_la: new Date('2026-01-02T03:04:05Z'),
  });
});

test.each([
  'ip_address',
  'port',
  'username',
  'password_encrypted',
  'protocol',
  'amprenta_certificat',
  'nume',
  'id',
])('%s belongs to people and is refused, with everything beside it', async (column) => {
  const before = await read();
  const refusal = await refusalOf(write({ [column]: '1', model: 'X' }));
  expect(refusal).toMatchObject({ code: 'PT422', detail: 'column_refused' });
  expect(refusal.message).toContain(column);
  expect(await read()).toEqual(before);
});

test('a device goes to eroare and back, but not out of inactiv', async () => {
  await write({ status: 'eroare' });
  expect((await read()).status).toBe('eroare');
  await write({ status: 'activ' });
  expect((await read()).status).toBe('activ');
  await database().service`update public.dispozitive_pontaj set status = 'inactiv'`;
  await write({ status: 'eroare' });
  expect((await read()).status).toBe('inactiv');
});

test('ultima_sincronizare moves forward only', async () => {
  await write({ ultima_sincronizare: '2026-02-01T00:00:00Z' });
  await write({ ultima_sincronizare: '2026-01-01T00:00:00Z' });
  await write({ ultima_sincronizare: null });
  expect((await read()).ultima_sincronizare).toEqual(new Date('2026-02-01T00:00:00Z'));
});

test('what is known of logins is written like the rest, and hidden from users', async () => {
  await write({ credentiale_acceptate: 'a', credentiale_neclare: 'b', incercari_ramase: 5 });
  await write({ credentiale_neclare: null });
  expect(await read()).toMatchObject({
    credentiale_acceptate: 'a',
    credentiale_neclare: null,
    incercari_ramase: 5,
  });
  const { admin } = database();
  for (const column of ['credentiale_acceptate', 'credentiale_neclare', 'incercari_ramase'])
    expect(
      await admin`select has_column_privilege('authenticated', 'public.dispozitive_pontaj', ${column}, 'select') as may`,
    ).toEqual([{ may: false }]);
});

test('a stale fence is refused', async () => {
  expect(await refusalOf(write({ model: 'X' }, '9'))).toMatchObject({ code: 'PT409', detail: 'lease_lost' });
});

test('an unknown status and a certificate policy without its fingerprint are refused', async () => {
  expect((await refusalOf(write({ status: 'pornit' }))).code).toBe('23514');
  const pinned = database().service`update public.dispozitive_pontaj set politica_certificat = 'amprenta'`;
  expect((await refusalOf(pinned)).code).toBe('23514');
});

test('a serial number belongs to one terminal in use, whoever of two comes at the same moment', async () => {
  const { service } = database();
  const other = await addDevice(service);
  await createRun(service, [other], 'the other');
  const otherFence = (await takeLeases(service, 'B')).find((one) => one.dispozitiv_id === other)!.fence;
  const claims = [
    [device, fence],
    [other, otherFence],
  ].map(
    ([id, held]) =>
      service`select public.scrie_dispozitiv(${id!}, ${held!}, ${service.json({ numar_serie: 'S9' })})`,
  );
  const results = await Promise.allSettled(claims);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = results.find((one) => one.status === 'rejected');
  expect(refused!.reason).toMatchObject({ code: 'PT409', detail: 'serial_taken' });
  const rows = await service`select id from public.dispozitive_pontaj where numar_serie = 'S9'`;
  expect(rows).toHaveLength(1);
});
