import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fleet } from '../../fleet-types.ts';
import { startFleet } from '../../fleet.ts';
import { listenControl, type ControlServer } from '../listen.ts';
import { operations } from '../operations/index.ts';
import { FleetControl } from './fleet-control.ts';

let fleet: Fleet;
let server: ControlServer;
let control: FleetControl;
/** `GET /api/devices/gate` of every call. */
let calls: string[];

beforeEach(async () => {
  fleet = await startFleet({
    devices: [
      { id: 'gate', persons: [{ employeeNo: '1000', name: 'Popescu Ion', face: true }] },
      { id: 'office' },
    ],
    listen: false,
    seed: 5,
  });
  server = await listenControl({ fleet, host: '127.0.0.1', port: 0 });
  calls = [];
  control = new FleetControl(server.url, {
    fetch: (input, init) => {
      calls.push(`${init?.method ?? 'GET'} ${(input as URL).pathname}`);
      return fetch(input, init);
    },
  });
});
afterEach(async () => {
  await server.stop();
  await fleet.stop();
});

const ask = (target = '/ISAPI/System/deviceInfo') =>
  fleet.device('gate').handle({ method: 'GET', target, headers: {} });

test('steers a device as one in this process is steered', async () => {
  const gate = control.device('gate');
  const here = fleet.device('gate');
  expect(await gate.show()).toMatchObject({ id: 'gate', persons: 1, faces: 1, power: 'on', faults: [] });
  expect(await gate.persons()).toEqual(here.persons());
  expect(await gate.faces()).toEqual(here.faces());

  await gate.setFaults(['flaky-vpn', { id: 'mine', what: { kind: 'busy' } }]);
  expect(await gate.faults()).toEqual(here.faults());
  await gate.removeFault(here.faults()[0]!.id!);
  await gate.removeFault('flaky-vpn');
  expect(here.faults().map(({ id }) => id)).toEqual(['mine']);
  const id = await gate.addFault({ what: { kind: 'html' } });
  expect(here.faults().map((fault) => fault.id)).toEqual(['mine', id]);
  expect(await gate.faultCounts()).toEqual(here.faultCounts());
  await gate.clearFaults();
  expect(here.faults()).toEqual([]);

  const before = await gate.snapshot();
  await gate.editAtTerminal({ employeeNo: '1000', name: 'Alt Nume' });
  expect(here.persons()[0]?.name).toBe('Alt Nume');
  await gate.restore(before);
  expect(here.persons()[0]?.name).toBe('Popescu Ion');

  await gate.changePassword('Alta-Parola-1');
  expect(here.password).toBe('Alta-Parola-1');
  await gate.powerOff();
  expect(here.power).toBe('off');
  await gate.powerOn();
  expect(here.power).toBe('on');
  await gate.reboot(1);
  await gate.setClockOffset(60_000);
  await gate.showFace('1000');
  await gate.showFace(null);
  await gate.showCard('12345');
  expect(await gate.events()).toEqual(here.events());
  expect(await gate.events(1)).toEqual(here.events(1));
  expect(await gate.cards()).toEqual(here.cards());
  await gate.reset();
  expect(here.persons()).toEqual([]);
});

test('steers the fleet', async () => {
  expect(await control.show()).toMatchObject({ seed: 5, devices: 2 });
  const added = await control.addDevice({ id: 'curte', profile: 'ds-k1a340' });
  expect((await control.devices()).map(({ id }) => id)).toEqual(['gate', 'office', added.id]);
  await control.removeDevice(added.id);
  expect(fleet.devices).toHaveLength(2);
  expect((await control.profiles()).map(({ name }) => name)).toContain('ds-k1a340');
  expect((await control.faultSets()).map(({ name }) => name)).toContain('flaky-vpn');
  expect((await control.faultKinds()).map(({ kind }) => kind)).toContain('busy');
  expect(await control.unknownRequests()).toEqual([]);
  await control.reset();
  expect(fleet.device('gate').persons()).toEqual([]);
});

describe('the journal', () => {
  test('is read whole, or the newest so many', async () => {
    for (let nth = 0; nth < 150; nth += 1) await ask('/ISAPI/x');
    const gate = control.device('gate');
    const all = fleet.device('gate').requests();
    expect(all).toHaveLength(150);
    expect(await gate.requests()).toEqual(all);
    expect(await gate.requests({ limit: 2 })).toEqual(all.slice(-2));
    expect(await gate.requests({ after: all.at(-3)!.sequence, limit: 1 })).toEqual(all.slice(-2, -1));
    expect(await gate.requests({ method: 'POST' })).toEqual([]);
  });

  test('is read in as many pages as it takes', async () => {
    const asked: string[] = [];
    const paged = new FleetControl(server.url, {
      fetch: (input) => {
        const { searchParams } = input as URL;
        asked.push(searchParams.get('after') ?? '');
        const first = Number(searchParams.get('after')) + 1;
        const count = Math.min(Number(searchParams.get('limit')), 2003 - first + 1);
        return Promise.resolve(
          Response.json(Array.from({ length: count }, (_, index) => ({ sequence: first + index }))),
        );
      },
    });
    const entries = await paged.device('gate').requests();
    expect(entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 2003 }, (_, index) => index + 1),
    );
    expect(asked).toEqual(['0', '1000', '2000']);
  });

  test('a wait hears the next request, and with after one that has been already', async () => {
    const gate = control.device('gate');
    await ask('/ISAPI/first');
    const next = gate.waitForRequest({ path: '/ISAPI/' });
    // The wait is open once a later call of the same client has been answered.
    await gate.show();
    await ask('/ISAPI/second');
    const heard = await next;
    expect(heard.target).toBe('/ISAPI/second');
    expect((await gate.waitForRequest({ after: heard.sequence - 1 })).sequence).toBe(heard.sequence);
  });

  test('a wait ends with its time, and with its signal', async () => {
    const gate = control.device('gate');
    await expect(gate.waitForRequest({ method: 'PUT' }, { timeoutMs: 20 })).rejects.toMatchObject({
      name: 'ControlError',
      code: 'nothing_arrived',
      status: 504,
    });
    const enough = new AbortController();
    const waiting = gate.waitForRequest({ method: 'PUT' }, { signal: enough.signal });
    enough.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

test('errors carry the code of the problem and its advice', async () => {
  await expect(control.device('gaet').persons()).rejects.toMatchObject({
    code: 'unknown_device',
    status: 404,
    message: expect.stringContaining('did you mean "gate"?') as string,
  });
  await expect(control.device('gate').setFaults(['flaky-vnp'])).rejects.toThrow(/flaky-vpn/);
  await server.stop();
  await expect(control.devices()).rejects.toMatchObject({
    code: 'unreachable',
    status: 0,
    message: expect.stringContaining(server.url) as string,
  });
});

test('every operation of the control API has a method', async () => {
  const gate = control.device('gate');
  const failing = (promise: Promise<unknown>) => promise.catch(() => undefined);
  await Promise.all([
    ...[control.show(), control.devices(), control.profiles(), control.faultSets(), control.faultKinds()],
    ...[control.unknownRequests(), control.addDevice({ id: 'x' }), failing(control.removeDevice('gone'))],
    ...[gate.show(), gate.persons(), gate.faces(), gate.faults(), gate.setFaults([]), gate.clearFaults()],
    ...[gate.addFault('busy'), failing(gate.removeFault('gone')), gate.requests(), gate.powerOn()],
    ...[gate.cards(), gate.events(), gate.faultCounts()],
    ...[failing(gate.waitForRequest({}, { timeoutMs: 1 })), gate.changePassword('Parola-124')],
    ...[gate.editAtTerminal({ employeeNo: '1000', removeFace: true }), gate.showFace(null)],
    ...[gate.showCard('1'), gate.setClockOffset(0), gate.snapshot(), failing(gate.restore({}))],
    gate.reset(),
  ]);
  await control.reset();
  const reached = calls.map((call) => call.replace(/devices\/[^/]+/, 'devices/{id}'));
  const missing = operations
    .map(({ method, path }) => `${method.toUpperCase()} ${path.replace('{fault+}', 'gone')}`)
    .filter((operation) => !reached.includes(operation));
  expect(missing).toEqual([]);
});
