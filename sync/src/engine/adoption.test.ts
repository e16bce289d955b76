import { describe, expect, test } from 'vitest';
import { defaultPersonTemplate } from '../model/person-template.ts';
import { wishFor } from './plan/wish.ts';
import { createWorld, FIRST_NUMBER, photoOf, type World } from './testing/world.ts';

/** Everybody is on the terminal already, as the database wants it, typed in or restored from elsewhere. */
function fill(w: World, count: number): void {
  for (let number = FIRST_NUMBER; number < FIRST_NUMBER + count; number += 1) {
    const wish = wishFor(w.employee(number), defaultPersonTemplate)!;
    w.terminal().persons.set(String(number), wish.person);
    w.terminal().faces.set(String(number), photoOf(number));
  }
}

describe('first contact', () => {
  test('with 300 in place and faces trusted costs a page for each 30 and a handful of questions', async () => {
    const w = createWorld({ employees: 300, options: { adoptFaces: 'trust' } });
    fill(w, 300);
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    expect(run.legs[0]!.counters).toMatchObject({ success: 300, alreadyExisting: 300 });
    expect(w.terminal().callsOf('searchPersons')).toHaveLength(10);
    expect(w.terminal().calls.length).toBeLessThanOrEqual(300 / 30 + 5);
    expect(w.store.admin.tracking('d-1').every(({ status }) => status === 'sincronizat')).toBe(true);
    w.terminal().calls.length = 0;
    const again = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(again.legs[0]!.unchanged).toHaveLength(300);
    expect(w.terminal().calls).toEqual([]);
  });

  test('replaces faces that are not ours: one call for each, none for the person', async () => {
    const w = createWorld({ employees: 4 });
    fill(w, 4);
    for (const key of w.terminal().faces.keys()) w.terminal().faces.set(key, 'https://elsewhere.test/x.jpg');
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().callsOf('setUpFace')).toHaveLength(4);
    expect(w.terminal().calls.some(({ person }) => person !== null)).toBe(false);
    expect(w.differences()).toEqual([]);
  });

  test('reports strangers and leaves them alone', async () => {
    const w = createWorld({ employees: 2 });
    const stranger = {
      employeeNo: '7',
      name: 'Altcineva',
      valid: { enable: true, beginTime: '', endTime: '' },
      doorRight: '1',
      planTemplateNo: '1',
    };
    w.terminal().persons.set('7', stranger);
    w.terminal().persons.set('99999', { ...stranger, employeeNo: '99999' });
    const engine = w.startEngine();
    const told: unknown[] = [];
    engine.events.on('device.inventoried', (event) => told.push(event));
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(told).toEqual([{ deviceId: 'd-1', persons: 2, ours: 0, gone: 0, strangers: 2 }]);
    expect(w.terminal().persons.get('7')).toEqual(stranger);
    expect(w.terminal().persons.size).toBe(4);
    expect(w.store.admin.tracking('d-1')).toHaveLength(2);
  });

  test('ADOPT_PERSONS=same-name: another name is a conflict, nothing is touched, and a leaver of that number neither', async () => {
    const w = createWorld({ employees: 2, options: { adoptPersons: 'same-name' } });
    fill(w, 2);
    w.terminal().persons.set('1000', { ...w.terminal().persons.get('1000')!, name: 'Altcineva' });
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('partial');
    const lines = await w.lines(run.runId);
    expect(lines[0]).toMatchObject({ status: 'eroare', error: { code: 'person_conflict' } });
    expect(lines[1]).toMatchObject({ status: 'sincronizat' });
    w.change(FIRST_NUMBER, { active: false });
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(w.terminal().persons.get('1000')).toMatchObject({ name: 'Altcineva', valid: { enable: true } });
  });

  test('nor when the conflict was met by adding, without an inventory', async () => {
    const w = createWorld({ employees: 2, options: { adoptPersons: 'same-name' } });
    fill(w, 1);
    w.terminal().persons.set('1000', { ...w.terminal().persons.get('1000')!, name: 'Altcineva' });
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'));
    expect(await w.lines(run.runId)).toMatchObject([
      { status: 'eroare', error: { code: 'person_conflict' } },
    ]);
    w.change(FIRST_NUMBER, { active: false });
    await w.finish(engine, engine.syncEmployeeToDevice('e-1001', 'd-1', 'x'));
    expect(w.terminal().persons.get('1000')).toMatchObject({ name: 'Altcineva', valid: { enable: true } });
  });

  test('one employee alone does not pay for reading everybody', async () => {
    const w = createWorld({ employees: 90 });
    fill(w, 90);
    const engine = w.startEngine();
    await w.finish(engine, engine.syncEmployeeToDevice('e-1000', 'd-1', 'x'));
    expect(w.terminal().callsOf('searchPersons')).toEqual([]);
    // One of them only looks whether a login is counted as a bad one.
    expect(w.terminal().calls.length).toBeLessThanOrEqual(6);
  });

  test('a model without search is filled by trying', async () => {
    const w = createWorld({ employees: 3, quirks: { search: false } });
    fill(w, 1);
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.store.admin.device('d-1')!.memory.capabilities!.personSearch).toBe('no');
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
    expect(w.terminal().callsOf('searchPersons')).toHaveLength(1);
  });
});

describe('verify', () => {
  test('finds what was done at the terminal, and mends only that', async () => {
    const w = createWorld({ employees: 6 });
    const engine = w.startEngine();
    await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const { persons, faces } = w.terminal();
    persons.set('1000', { ...persons.get('1000')!, name: 'La Terminal' });
    persons.delete('1001');
    faces.delete('1001');
    faces.delete('1002');
    w.terminal().calls.length = 0;
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x', { mode: 'verify' }));
    expect(run.state).toBe('completed');
    expect(w.differences()).toEqual([]);
    expect(w.terminal().calls.map(({ operation, employeeNo }) => `${operation} ${employeeNo ?? ''}`)).toEqual(
      [
        'readIdentity ',
        'searchPersons ',
        'modifyPerson 1000',
        'recordPerson 1001',
        'addFace 1001',
        'addFace 1002',
      ],
    );
    expect(run.legs[0]!.unchanged).toEqual([1003, 1004, 1005]);
  });
});

describe('capacity', () => {
  test('is respected before the first write: who does not fit is named, what fits is there', async () => {
    const w = createWorld({ employees: 5, quirks: { maxPersons: 3 } });
    w.terminal().persons.set('7', {
      employeeNo: '7',
      name: 'x',
      valid: { enable: true, beginTime: '', endTime: '' },
      doorRight: '1',
      planTemplateNo: '1',
    });
    const engine = w.startEngine();
    const short: unknown[] = [];
    engine.events.on('device.capacity-short', (event) =>
      short.push({ ...event, calls: w.terminal().callsOf('recordPerson').length }),
    );
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    expect(short).toEqual([{ deviceId: 'd-1', maxPersons: 3, present: 1, missingPlaces: 3, calls: 0 }]);
    expect(run.legs[0]).toMatchObject({ state: 'partial', counters: { success: 2, failed: 3 } });
    const lines = await w.lines(run.runId);
    expect(lines[2]).toMatchObject({ status: 'eroare', error: { code: 'device_persons_full' } });
    expect(w.terminal().callsOf('recordPerson')).toHaveLength(2);
  });

  test('of faces too, where the terminal tells how many it has', async () => {
    const w = createWorld({ employees: 3, quirks: { maxFaces: 2 } });
    const engine = w.startEngine();
    const run = await w.finish(engine, engine.syncAllEmployeesToAllDevices('x'));
    const lines = await w.lines(run.runId);
    expect(lines.map(({ status }) => status)).toEqual(['sincronizat', 'sincronizat', 'partial']);
    expect(lines[2]!.error!.code).toBe('device_faces_full');
    expect(w.terminal().callsOf('addFace')).toHaveLength(2);
  });
});
