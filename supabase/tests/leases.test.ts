import type { Sql } from 'postgres';
import { expect, test } from 'vitest';
import { addDevice } from './support/people.ts';
import { useDatabase } from './support/use-database.ts';
import { createRun, expireLease, takeLeases, writeResults, type LeaseRow } from './support/work.ts';

const database = useDatabase();

async function renew(sql: Sql, owner: string, leases: LeaseRow[], lifeMs = 60_000): Promise<LeaseRow[]> {
  const held = leases.map(({ dispozitiv_id, fence }) => ({ dispozitiv_id, fence: Number(fence) }));
  return sql<LeaseRow[]>`select * from public.prelungeste_lease(${owner}, ${sql.json(held)}, ${lifeMs})`;
}
const release = (sql: Sql, { dispozitiv_id, fence }: LeaseRow, pauseMs: number) =>
  sql`select public.elibereaza_lease(${dispozitiv_id}, ${fence}, ${pauseMs})`;

async function oneDeviceWithWork(): Promise<string> {
  const device = await addDevice(database().service);
  await createRun(database().service, [device]);
  return device;
}

test('a device with open legs is taken once, for the time asked', async () => {
  const { service } = database();
  const device = await oneDeviceWithWork();
  const [lease] = await takeLeases(service, 'A', 10, 30_000);
  expect(lease).toMatchObject({ dispozitiv_id: device, fence: '1' });
  expect(Number(lease!.expira_in_ms)).toBeGreaterThan(20_000);
  expect(Number(lease!.expira_in_ms)).toBeLessThanOrEqual(30_000);
  expect(await takeLeases(service, 'B')).toEqual([]);
  expect(await takeLeases(service, 'A')).toEqual([]);
});

test('a device without open legs is not taken', async () => {
  const { service } = database();
  await addDevice(service);
  expect(await takeLeases(service, 'A')).toEqual([]);
  const device = await oneDeviceWithWork();
  const [lease] = await takeLeases(service, 'A');
  const [run] = await service<{ id: string }[]>`select id from public.sincronizari`;
  await writeResults(service, device, lease!.fence, [], [{ run_id: run!.id, stare: 'ok' }]);
  await release(service, lease!, 0);
  expect(await takeLeases(service, 'A')).toEqual([]);
});

test('at most as many as asked, those whose work waits longest first', async () => {
  const { admin, service } = database();
  const late = await addDevice(service, 'Poarta 1');
  const early = await addDevice(service, 'Poarta 2');
  await createRun(service, [late], 'un');
  const { run_id } = await createRun(service, [early], 'doi');
  await admin`update public.sincronizari set cerut_la = now() - interval '1 hour' where id = ${run_id}`;
  expect((await takeLeases(service, 'A', 1)).map((lease) => lease.dispozitiv_id)).toEqual([early]);
  expect((await takeLeases(service, 'A', 1)).map((lease) => lease.dispozitiv_id)).toEqual([late]);
});

test('an expired lease goes to the next daemon with a higher fence, and the old one cannot renew it', async () => {
  const { admin, service } = database();
  const device = await oneDeviceWithWork();
  const old = await takeLeases(service, 'A');
  await expireLease(admin, device);
  const [taken] = await takeLeases(service, 'B');
  expect(taken).toMatchObject({ dispozitiv_id: device, fence: '2' });
  expect(await renew(service, 'A', old)).toEqual([]);
  expect(await renew(service, 'B', [taken!])).toMatchObject([{ dispozitiv_id: device, fence: '2' }]);
});

test('renewing gives back what is still held and leaves out what is not', async () => {
  const { admin, service } = database();
  const devices = [await addDevice(service, 'Poarta 1'), await addDevice(service, 'Poarta 2')];
  await createRun(service, devices);
  const leases = await takeLeases(service, 'A', 10, 1_000);
  await expireLease(admin, devices[0]!);
  const renewed = await renew(service, 'A', leases, 60_000);
  expect(renewed.map((lease) => lease.dispozitiv_id)).toEqual([devices[1]]);
  expect(Number(renewed[0]!.expira_in_ms)).toBeGreaterThan(50_000);
  expect(await renew(service, 'B', leases)).toEqual([]);
});

test('a released device rests for the pause, whoever asks, and is then taken with a higher fence', async () => {
  const { admin, service } = database();
  const device = await oneDeviceWithWork();
  const [lease] = await takeLeases(service, 'A');
  await release(service, lease!, 60_000);
  expect(await takeLeases(service, 'A')).toEqual([]);
  expect(await takeLeases(service, 'B')).toEqual([]);
  expect(await renew(service, 'A', [lease!])).toEqual([]);
  await expireLease(admin, device);
  expect(await takeLeases(service, 'B')).toMatchObject([{ dispozitiv_id: device, fence: '2' }]);
});

test('a lease already lost is not released for the new holder', async () => {
  const { admin, service } = database();
  const device = await oneDeviceWithWork();
  const [old] = await takeLeases(service, 'A');
  await expireLease(admin, device);
  const [taken] = await takeLeases(service, 'B');
  await release(service, old!, 0);
  expect(await renew(service, 'B', [taken!])).toHaveLength(1);
});

test('daemons asking at the same moment share the devices without an overlap', async () => {
  const { service, connect } = database();
  const devices = await Promise.all(Array.from({ length: 40 }, (_, n) => addDevice(service, `Poarta ${n}`)));
  await createRun(service, devices);
  const sql = connect('service_role', 8);
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => takeLeases(sql, `daemon ${n}`, 40)));
  const taken = answers.flat().map((lease) => lease.dispozitiv_id);
  expect(new Set(taken).size).toBe(taken.length);
  // Rows locked by another one at that moment are skipped, not lost: the next question finds them.
  const rest = await takeLeases(sql, 'late', 40);
  expect([...taken, ...rest.map((lease) => lease.dispozitiv_id)].sort()).toEqual([...devices].sort());
});

test('a deleted device takes its lease along', async () => {
  const { service } = database();
  const device = await oneDeviceWithWork();
  const leases = await takeLeases(service, 'A');
  await service`delete from public.dispozitive_pontaj where id = ${device}`;
  expect(await renew(service, 'A', leases)).toEqual([]);
  expect(await takeLeases(service, 'A')).toEqual([]);
});

test('a lease tells whether the one before was given back', async () => {
  const { admin, service } = database();
  const device = await oneDeviceWithWork();
  const [first] = await takeLeases(service, 'A');
  expect(first!.abandonat).toBe(false);
  // Renewed, and still the first holder's.
  await renew(service, 'A', [first!]);
  await expireLease(admin, device);
  const [second] = await takeLeases(service, 'B');
  expect(second!.abandonat).toBe(true);
  await release(service, second!, 0);
  expect((await takeLeases(service, 'A'))[0]!.abandonat).toBe(false);
});
