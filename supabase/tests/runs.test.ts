import { describe, expect, test } from 'vitest';
import { addDevice } from './support/people.ts';
import { refusalOf, useDatabase } from './support/use-database.ts';
import { createRun, finishRun, line, readLeg, takeLeases, writeResults } from './support/work.ts';

const database = useDatabase();
const NOBODY = '00000000-0000-4000-8000-00000000dead';

const stateOf = async (run: string) => {
  const [row] = await database().admin<
    { stare: string; inceput_la: Date | null; terminat_la: Date | null }[]
  >`
    select stare, inceput_la, terminat_la from public.sincronizari where id = ${run}`;
  return row!;
};

/** Devices whose legs of one run end as given, with these lines on the first. */
async function runWithLegs(states: string[], statuses: string[] = []): Promise<string> {
  const { service } = database();
  const devices = await Promise.all(states.map((_, n) => addDevice(service, `Poarta ${n}`)));
  const { run_id } = await createRun(service, devices);
  const leases = await takeLeases(service, 'A');
  for (const [n, device] of devices.entries()) {
    const fence = leases.find((lease) => lease.dispozitiv_id === device)!.fence;
    const lines = n === 0 ? statuses.map((status, nth) => line({ employee_no: 1000 + nth, status })) : [];
    const results = lines.map((linie) => ({ run_id, linie }));
    await writeResults(service, device, fence, results, [{ run_id, stare: states[n]! }]);
  }
  return run_id;
}

describe('creating a run', () => {
  test('makes a queued leg per device that exists, with its name', async () => {
    const { service } = database();
    const devices = [await addDevice(service, 'Poarta 1'), await addDevice(service, 'Poarta 2')];
    const run = await createRun(service, [...devices, NOBODY], 'toti', { employees: 40, withoutNumber: 1 });
    expect(run.created).toBe(true);
    const legs = await service`select dispozitiv_nume, stare from public.sincronizari_dispozitive order by 1`;
    expect([...legs]).toEqual([
      { dispozitiv_nume: 'Poarta 1', stare: 'queued' },
      { dispozitiv_nume: 'Poarta 2', stare: 'queued' },
    ]);
    const [row] = await service`
      select tip, cerut_de, stare, dispozitive, angajati_in_domeniu, angajati_fara_numar from public.sincronizari`;
    expect(row).toEqual({
      tip: 'sync-all-to-all-devices',
      cerut_de: 'cli',
      stare: 'queued',
      dispozitive: 2,
      angajati_in_domeniu: 40,
      angajati_fara_numar: 1,
    });
  });

  test('with the scope of an open one gives that one, also to many who ask at once', async () => {
    const { service, connect } = database();
    const device = await addDevice(service);
    const sql = connect('service_role', 10);
    const answers = await Promise.all(Array.from({ length: 10 }, () => createRun(sql, [device])));
    expect(new Set(answers.map((answer) => answer.run_id)).size).toBe(1);
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
    expect((await createRun(service, [device], 'altceva')).created).toBe(true);
  });

  test('with the scope of one that is over makes a new one', async () => {
    const { service } = database();
    const over = await runWithLegs(['ok']);
    await finishRun(service, over);
    const [device] = await service<{ id: string }[]>`select id from public.dispozitive_pontaj`;
    const next = await createRun(service, [device!.id]);
    expect(next.created).toBe(true);
    expect(next.run_id).not.toBe(over);
  });

  test('without any device ends it at once', async () => {
    const { run_id } = await createRun(database().service, []);
    expect(await stateOf(run_id)).toMatchObject({
      stare: 'completed',
      terminat_la: expect.any(Date) as Date,
    });
  });
});

describe('ending a run', () => {
  test.each([
    ['completed', ['ok', 'ok'], []],
    ['completed', ['ok'], ['sincronizat', 'omis']],
    ['partial', ['ok'], ['sincronizat', 'eroare']],
    ['partial', ['ok'], ['partial']],
    ['partial', ['ok'], ['neincercat']],
    ['partial', ['partial', 'ok'], []],
    ['partial', ['stopped', 'ok'], []],
    ['failed', ['stopped', 'stopped'], []],
    ['failed', ['stopped'], ['sincronizat', 'neincercat']],
    ['partial', ['cancelled', 'ok'], []],
  ])('%s: legs %j, lines %j', async (state, legs, lines) => {
    const run = await runWithLegs(legs, lines);
    expect(await finishRun(database().service, run)).toEqual({ finished: true, stare: state });
    expect(await stateOf(run)).toMatchObject({ stare: state, terminat_la: expect.any(Date) as Date });
  });

  test('waits for the last leg', async () => {
    const run = await runWithLegs(['ok', 'running']);
    expect(await finishRun(database().service, run)).toEqual({ finished: false, stare: 'running' });
    expect((await stateOf(run)).terminat_la).toBeNull();
  });

  test('has one winner among many', async () => {
    const run = await runWithLegs(['ok']);
    const sql = database().connect('service_role', 8);
    const answers = await Promise.all(Array.from({ length: 8 }, () => finishRun(sql, run)));
    expect(answers.filter((answer) => answer.finished)).toHaveLength(1);
    expect(answers.every((answer) => answer.stare === 'completed')).toBe(true);
  });

  test('that nobody knows is refused', async () => {
    expect(await refusalOf(finishRun(database().service, NOBODY))).toMatchObject({
      code: 'PT404',
      detail: 'run_unknown',
    });
  });
});

describe('cancelling', () => {
  const cancel = async (run: string) => database().service`select public.cere_anulare(${run}) as answer`;

  test('ends a run as cancelled when a leg was cut short', async () => {
    const run = await runWithLegs(['cancelled', 'ok']);
    await cancel(run);
    expect(await finishRun(database().service, run)).toEqual({ finished: true, stare: 'cancelled' });
  });

  test('too late to cut anything changes nothing about the result', async () => {
    const run = await runWithLegs(['ok']);
    await cancel(run);
    expect((await finishRun(database().service, run)).stare).toBe('completed');
  });

  test('keeps the first moment, and leaves a run that is over alone', async () => {
    const { admin, service } = database();
    const run = await runWithLegs(['running']);
    await cancel(run);
    await admin`update public.sincronizari set anulare_ceruta_la = '2026-01-01T00:00:00Z'`;
    await cancel(run);
    const [asked] = await admin<{ at: Date }[]>`select anulare_ceruta_la as at from public.sincronizari`;
    expect(asked!.at.toISOString()).toBe('2026-01-01T00:00:00.000Z');

    const over = (await createRun(service, [], 'gol')).run_id;
    await cancel(over);
    const [row] = await service`select anulare_ceruta_la from public.sincronizari where id = ${over}`;
    expect(row).toEqual({ anulare_ceruta_la: null });
  });

  test('what nobody knows is refused', async () => {
    expect(await refusalOf(cancel(NOBODY))).toMatchObject({ code: 'PT404' });
  });
});

test('deleting a device ends its open legs and the runs that waited for it alone', async () => {
  const { service } = database();
  const gone = await addDevice(service, 'Poarta 1');
  const stays = await addDevice(service, 'Poarta 2');
  const alone = await createRun(service, [gone], 'unul');
  const both = await createRun(service, [gone, stays], 'ambele');
  await service`delete from public.dispozitive_pontaj where id = ${gone}`;
  expect((await stateOf(alone.run_id)).stare).toBe('failed');
  expect((await stateOf(both.run_id)).stare).toBe('queued');
  expect(await readLeg(service, both.run_id, gone)).toMatchObject({
    state: 'stopped',
    reasonCode: 'device_deleted',
  });
  expect(await readLeg(service, both.run_id, stays)).toMatchObject({ state: 'queued' });
});
