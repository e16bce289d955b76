import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { addDevice, addEmployee } from './support/people.ts';
import { refusalOf, useDatabase } from './support/use-database.ts';
import {
  createRun,
  expireLease,
  line,
  readLeg,
  takeLeases,
  writeResults,
  type LineInput,
} from './support/work.ts';

const database = useDatabase();
let device: string;
let run: string;
let fence: string;

beforeEach(async () => {
  const { service } = database();
  device = await addDevice(service);
  run = (await createRun(service, [device])).run_id;
  fence = (await takeLeases(service, 'A'))[0]!.fence;
});

const tracking = (employee_no: number, more: Record<string, unknown> = {}) => ({
  employee_no,
  status_sincronizare: 'sincronizat',
  sincronizat_la: '2026-01-02T03:04:05.678Z',
  persoana_stare: 'confirmata',
  persoana_amprenta: 'p1',
  fata_stare: 'confirmata',
  fata_amprenta: 'f1',
  acces_inchis: false,
  ...more,
});
const write = (lines: LineInput[], progress = {}) =>
  writeResults(
    database().service,
    device,
    fence,
    lines.map((linie) => ({ run_id: run, linie, urmarire: tracking(linie.employee_no) })),
    [{ run_id: run, stare: 'running', ...progress }],
  );
const leg = () => readLeg(database().service, run, device);

test('one write brings line, tracking, counters, cursor, and starts the run', async () => {
  const { service } = database();
  const { biometricsId, employeeId } = await addEmployee(service);
  await write(
    [
      line({
        employee_no: 1000,
        status: 'sincronizat',
        angajat_id: employeeId,
        motive: ['new', 'photo changed'],
      }),
    ],
    {
      cursor_employee_no: 1000,
    },
  );
  const [lineRow] = await service`select * from public.sincronizari_linii`;
  expect(lineRow).toMatchObject({
    sincronizare_id: run,
    dispozitiv_id: device,
    employee_no: 1000,
    angajat_id: employeeId,
    status: 'sincronizat',
    persoana: 'created',
    fata: 'set',
    motive: ['new', 'photo changed'],
    la: expect.any(Date) as Date,
  });
  const [tracked] = await service`select * from public.angajati_biometrie_dispozitive`;
  expect(tracked).toMatchObject({
    angajat_biometrie_id: biometricsId,
    dispozitiv_id: device,
    ...tracking(1000),
    sincronizat_la: new Date('2026-01-02T03:04:05.678Z'),
  });
  expect(await leg()).toMatchObject({ state: 'running', cursor: 1000, counters: { reusite: 1 } });
  const [runRow] = await service`select stare, inceput_la from public.sincronizari`;
  expect(runRow).toEqual({ stare: 'running', inceput_la: expect.any(Date) as Date });
});

test('every kind of result has its counter', async () => {
  await write([
    line({ employee_no: 1000, status: 'sincronizat' }),
    line({ employee_no: 1001, status: 'sincronizat', persoana: 'already_exists' }),
    line({
      employee_no: 1002,
      status: 'partial',
      fata: 'failed',
      eroare_cod: 'face_rejected',
      eroare_mesaj: 'x',
    }),
    line({ employee_no: 1003, status: 'omis' }),
    line({ employee_no: 1004, status: 'eroare' }),
    line({ employee_no: 1005, status: 'neincercat' }),
  ]);
  expect((await leg()).counters).toEqual({
    reusite: 2,
    existente: 1,
    partiale: 1,
    omise: 1,
    esuate: 1,
    neincercate: 1,
  });
});

test('the same write again, after a lost answer, changes nothing', async () => {
  const again = () =>
    write([line({ employee_no: 1000, status: 'sincronizat' })], {
      cursor_employee_no: 1003,
      neschimbate: [1001, 1003],
    });
  await again();
  const first = await leg();
  await again();
  expect(await leg()).toEqual(first);
  expect(first).toMatchObject({ counters: { reusite: 3 }, unchanged: [1001, 1003] });
  expect(await database().service`select 1 from public.sincronizari_linii`).toHaveLength(1);
});

test('a later result of the same pair replaces the earlier one in the counters too', async () => {
  await write([line({ employee_no: 1000, status: 'eroare', persoana: 'failed' })]);
  await write([line({ employee_no: 1000, status: 'sincronizat' })]);
  expect((await leg()).counters).toEqual({ reusite: 1 });
  await write([
    line({ employee_no: 1001, status: 'eroare' }),
    line({ employee_no: 1001, status: 'partial' }),
  ]);
  expect((await leg()).counters).toEqual({ reusite: 1, partiale: 1 });
});

test('a pair is counted by its line or as unchanged, never as both', async () => {
  await write([], { neschimbate: [1000, 1001] });
  await write([line({ employee_no: 1000, status: 'partial' })], { neschimbate: [1000] });
  expect(await leg()).toMatchObject({ unchanged: [1001], counters: { reusite: 1, partiale: 1 } });
});

test('whatever is written in whatever order and how often, the counters are those of the lines', async () => {
  const { service } = database();
  const statuses = ['sincronizat', 'partial', 'omis', 'eroare', 'neincercat'];
  const step = fc.record({
    lines: fc.array(
      fc.record({ employee_no: fc.integer({ min: 1, max: 6 }), status: fc.constantFrom(...statuses) }),
      {
        maxLength: 4,
      },
    ),
    neschimbate: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
    twice: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (steps) => {
      for (const { lines, neschimbate, twice } of steps) {
        for (let time = 0; time < (twice ? 2 : 1); time += 1) {
          await write(lines.map(line), { neschimbate });
        }
      }
      const [truth] = await service<{ ok: number; all: number }[]>`
        select count(*) filter (where status = 'sincronizat')::int as ok, count(*)::int as all from public.sincronizari_linii`;
      const { counters, unchanged } = await leg();
      const total = Object.values(counters).reduce((sum, value) => sum + value, 0);
      expect(counters.reusite ?? 0).toBe(truth!.ok + unchanged.length);
      expect(total).toBe(truth!.all + unchanged.length);
      expect(new Set(unchanged).size).toBe(unchanged.length);
      await service`delete from public.sincronizari_linii`;
      await service`update public.sincronizari_dispozitive
        set neschimbate = '{}', reusite = 0, existente = 0, partiale = 0, omise = 0, esuate = 0, neincercate = 0`;
    }),
    { numRuns: 40, seed: 7 },
  );
});

describe('progress', () => {
  test('moves the cursor forward only', async () => {
    await write([], { cursor_employee_no: 1005 });
    await write([], { cursor_employee_no: 1003 });
    await write([], { cursor_employee_no: null });
    expect((await leg()).cursor).toBe(1005);
  });

  test('does not take a leg out of its final state, nor back to queued', async () => {
    await write([]);
    await write([], { stare: 'queued' });
    expect((await leg()).state).toBe('running');
    await write([], { stare: 'stopped', motiv_cod: 'device_unreachable', motiv: 'Nu răspunde.' });
    await write([], { stare: 'ok' });
    expect(await leg()).toMatchObject({ state: 'stopped', reasonCode: 'device_unreachable' });
  });

  test('does not restart a run that is over', async () => {
    const { service } = database();
    await write([], { stare: 'ok' });
    await service`select public.termina_sincronizare(${run})`;
    await write([line({ employee_no: 1000, status: 'sincronizat' })]);
    const [row] = await service`select stare from public.sincronizari`;
    expect(row).toEqual({ stare: 'completed' });
  });

  test('of two runs in one write goes to each', async () => {
    const { service } = database();
    const other = (await createRun(service, [device], 'altul')).run_id;
    await writeResults(
      service,
      device,
      fence,
      [
        {
          run_id: run,
          linie: line({ employee_no: 1000, status: 'sincronizat' }),
          urmarire: tracking(1000, { persoana_amprenta: 'p1' }),
        },
        {
          run_id: other,
          linie: line({ employee_no: 1000, status: 'sincronizat' }),
          urmarire: tracking(1000, { persoana_amprenta: 'p2' }),
        },
      ],
      [
        { run_id: run, stare: 'ok' },
        { run_id: other, stare: 'running' },
      ],
    );
    expect(await leg()).toMatchObject({ state: 'ok', counters: { reusite: 1 } });
    expect(await readLeg(service, other, device)).toMatchObject({
      state: 'running',
      counters: { reusite: 1 },
    });
    const tracked = await service`select persoana_amprenta from public.angajati_biometrie_dispozitive`;
    expect([...tracked]).toEqual([{ persoana_amprenta: 'p2' }]);
  });
});

describe('the fence', () => {
  test('of a lease taken over refuses the whole write', async () => {
    const { admin, service } = database();
    await expireLease(admin, device);
    await takeLeases(service, 'B');
    const refusal = await refusalOf(
      write([line({ employee_no: 1000, status: 'sincronizat' })], { cursor_employee_no: 1000 }),
    );
    expect(refusal).toMatchObject({ code: 'PT409', detail: 'lease_lost' });
    expect(await service`select 1 from public.sincronizari_linii`).toHaveLength(0);
    expect(await service`select 1 from public.angajati_biometrie_dispozitive`).toHaveLength(0);
    expect(await leg()).toMatchObject({ state: 'queued', cursor: null, counters: {} });
  });

  test('of a lease given back refuses too', async () => {
    await database().service`select public.elibereaza_lease(${device}, ${fence}, 0)`;
    expect((await refusalOf(write([]))).detail).toBe('lease_lost');
  });

  test('of a lease that ran out, but that nobody took, still lets the last result in', async () => {
    await expireLease(database().admin, device);
    await write([line({ employee_no: 1000, status: 'sincronizat' })]);
    expect((await leg()).counters).toEqual({ reusite: 1 });
  });

  test('holds the device while results are being written: nobody takes it over in between', async () => {
    const { admin, service, connect } = database();
    await expireLease(admin, device);
    const other = connect('service_role');
    await service.begin(async (transaction) => {
      await transaction`select intern.verifica_lease(${device}, ${fence})`;
      expect(await takeLeases(other, 'B')).toEqual([]);
    });
    expect(await takeLeases(other, 'B')).toHaveLength(1);
  });
});

test('a broken part leaves nothing of the write behind', async () => {
  const lines = [
    line({ employee_no: 1000, status: 'sincronizat' }),
    line({ employee_no: 1001, status: 'grozav' }),
  ];
  expect((await refusalOf(write(lines))).code).toBe('23514');
  expect(await database().service`select 1 from public.sincronizari_linii`).toHaveLength(0);
  expect(await database().service`select 1 from public.angajati_biometrie_dispozitive`).toHaveLength(0);
});

test('results of a run that was removed meanwhile are dropped, the tracking stays', async () => {
  const { service } = database();
  await service`delete from public.sincronizari where id = ${run}`;
  await write([line({ employee_no: 1000, status: 'sincronizat' })]);
  expect(await service`select 1 from public.angajati_biometrie_dispozitive`).toHaveLength(1);
});

test('devices of the same runs written at the same time do not wait for each other in a ring', async () => {
  const { service, connect } = database();
  const devices = await Promise.all(Array.from({ length: 6 }, (_, n) => addDevice(service, `Poarta ${n}`)));
  const runs: string[] = [];
  for (const key of ['unu', 'doi', 'trei']) runs.push((await createRun(service, devices, key)).run_id);
  const leases = await takeLeases(service, 'A');
  const sql = connect('service_role', 6);
  await Promise.all(
    leases.map((lease, n) => {
      const order = n % 2 === 0 ? runs : [...runs].reverse();
      return writeResults(
        sql,
        lease.dispozitiv_id,
        lease.fence,
        [],
        order.map((run_id) => ({ run_id, stare: 'running' })),
      );
    }),
  );
  const states =
    await service`select distinct stare from public.sincronizari where id = any (${runs}::uuid[])`;
  expect([...states]).toEqual([{ stare: 'running' }]);
});
