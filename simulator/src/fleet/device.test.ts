import { describe, expect, it } from 'vitest';
import { readChallenges, signRequest } from '../../conformance/digest-client.ts';
import { RECORD, userInfo } from '../isapi/testing/requests.ts';
import { COUNT, fleetOf, record, signed, textOf } from './testing.ts';

describe('a device in process', () => {
  it('shows the persons it was seeded with', async () => {
    const { device } = await fleetOf({
      devices: [
        {
          persons: [
            { employeeNo: '1000', name: 'Ion', face: true },
            { employeeNo: '007', name: 'Ana' },
          ],
        },
      ],
    });
    expect(device.persons()).toMatchObject([
      { employeeNo: '1000', name: 'Ion', numOfFace: 1, doorRight: '1' },
      { employeeNo: '007', name: 'Ana', numOfFace: 0 },
    ]);
    expect(device.faces()).toMatchObject([{ FPID: '1000', origin: 'seeded' }]);
    expect(device.counts()).toEqual({ persons: 2, faces: 1 });
    expect(textOf(await signed(device, 'GET', COUNT))).toContain('"userNumber":2');
  });

  it('is busy for a second write while the first is under way, not for a look', async () => {
    const { device, clock } = await fleetOf({ traits: { answerMs: 100 } });
    const first = record(device, '1000');
    await clock.whenSleeping(1);
    const second = await record(device, '1001');
    expect(textOf(second)).toContain('"subStatusCode":"deviceBusy"');
    const look = signed(device, 'GET', COUNT);
    await clock.whenSleeping(2);
    await clock.advance(100);
    expect(textOf(await look)).toMatch(/^200/);
    expect(textOf(await first)).toMatch(/^200/);
    expect(device.persons().map(({ employeeNo }) => employeeNo)).toEqual(['1000']);
  });

  it.each([
    [{ kind: 'silence' }, { how: 'silence', done: false }],
    [
      { kind: 'silence', done: true },
      { how: 'silence', done: true },
    ],
    [
      { kind: 'answer-lost', how: 'reset' },
      { how: 'reset', done: true },
    ],
    [
      { kind: 'reset', at: 'after-request' },
      { how: 'reset', done: false },
    ],
    [
      { kind: 'reset', at: 'middle-of-answer' },
      { how: 'truncated', done: true },
    ],
    [{ kind: 'truncated' }, { how: 'truncated', done: true }],
    [{ kind: 'reboot' }, { how: 'reset', done: false }],
  ] as const)('meets %j as %j', async (what, expected) => {
    const { device } = await fleetOf({ devices: [{ faults: [{ when: { method: 'POST' }, what }] }] });
    expect(await record(device, '1000')).toEqual({ kind: 'no-answer', ...expected });
    expect(device.persons()).toHaveLength(expected.done ? 1 : 0);
    expect(device.requests({ auth: 'ok' })).toMatchObject([{ outcome: expected.how, done: expected.done }]);
  });

  it.each([
    [{ kind: 'busy' }, 400, 'deviceBusy', 0],
    [{ kind: 'sub-status', subStatusCode: 'noStorageSpace' }, 400, 'noStorageSpace', 0],
    [{ kind: 'persons-full' }, 400, 'deviceUserFull', 0],
    [{ kind: 'http-503' }, 503, null, 0],
    [{ kind: 'html' }, 200, null, 0],
    [{ kind: 'malformed' }, 200, 'ok', 1],
    [{ kind: 'wrong-content-type', contentType: 'text/html' }, 200, 'ok', 1],
    [{ kind: 'answer', status: 418, body: 'teapot' }, 418, null, 0],
    [{ kind: 'wrong-password' }, 401, null, 0],
  ] as const)('answers %j with %i %s', async (what, status, subStatusCode, persons) => {
    const { device } = await fleetOf({ devices: [{ faults: [{ when: { method: 'POST' }, what }] }] });
    expect(await record(device, '1000')).toMatchObject({ status });
    expect(device.requests({ method: 'POST' }).at(-1)).toMatchObject({
      status,
      subStatusCode,
      faults: ['fault-1'],
    });
    expect(device.persons()).toHaveLength(persons);
  });

  it('counts the logins that a wrong-password fault refuses, until the lock', async () => {
    const { device } = await fleetOf({ devices: [{ faults: ['wrong-password'] }] });
    const told = [];
    for (let call = 0; call < 5; call += 1)
      told.push(/<retryLoginTime>(\d)/.exec(textOf(await signed(device, 'GET', COUNT)))?.[1]);
    expect(told).toEqual(['4', '3', '2', '1', '0']);
    device.clearFaults();
    expect(textOf(await signed(device, 'GET', COUNT))).toContain('<lockStatus>lock</lockStatus>');
  });

  it('is away while it reboots, and comes back with its data and without its lock', async () => {
    const { device, clock } = await fleetOf({ traits: { rebootMs: 45_000 } });
    await record(device, '1000');
    expect(textOf(await signed(device, 'PUT', '/ISAPI/System/reboot'))).toMatch(/^200/);
    expect(device.power).toBe('rebooting');
    expect(await record(device, '1001')).toEqual({ kind: 'no-answer', how: 'refused', done: false });
    await clock.advance(45_000);
    expect(device.power).toBe('on');
    expect(textOf(await record(device, '1001'))).toMatch(/^200/);
    expect(device.persons()).toHaveLength(2);
  });

  it('reboots by a fault whose time has come, also when nobody looked at it then', async () => {
    const { device, clock } = await fleetOf({
      devices: [{ faults: [{ when: { fromMs: 10_000 }, what: { kind: 'reboot', awayMs: 5_000 } }] }],
    });
    await clock.advance(12_000);
    expect(device.power).toBe('rebooting');
    await clock.advance(3_000);
    expect(device.power).toBe('on');
  });

  it('loses what was under way with its power', async () => {
    const { device, clock } = await fleetOf({ traits: { answerMs: 1000 } });
    const answer = record(device, '1000');
    await clock.whenSleeping(1);
    await device.powerOff();
    expect(await answer).toEqual({ kind: 'no-answer', how: 'reset', done: false });
    expect(device.persons()).toEqual([]);
    await device.powerOn();
    expect(device.power).toBe('on');
  });

  it('takes another password from a fault, and tells it to whoever asks the device itself', async () => {
    const { device } = await fleetOf({ devices: [{ password: 'First-1' }] });
    device.setFaults([{ what: { kind: 'password-changed', password: 'Second-2' } }]);
    expect(device.password).toBe('Second-2');
    expect(textOf(await signed(device, 'GET', COUNT))).toMatch(/^200/);
  });

  it('can be typed at', async () => {
    const { device } = await fleetOf({
      devices: [{ persons: [{ employeeNo: '1', name: 'A', face: true }] }],
    });
    device.editAtTerminal({ employeeNo: '1', name: 'B', removeFace: true });
    device.editAtTerminal({ employeeNo: '2', name: 'C' });
    expect(device.persons()).toMatchObject([
      { employeeNo: '1', name: 'B', numOfFace: 0 },
      { employeeNo: '2', name: 'C' },
    ]);
    device.editAtTerminal({ employeeNo: '1', remove: true });
    expect(device.persons()).toHaveLength(1);
  });

  it('comes back from a snapshot, and refuses what is none', async () => {
    const { fleet, device } = await fleetOf({ devices: 2 });
    await record(device, '1000');
    device.addFault({ id: 'slow', what: { kind: 'delay', ms: 1 } });
    const snapshot: unknown = JSON.parse(JSON.stringify(device.snapshot()));
    const other = fleet.device('device-2');
    other.restore(snapshot);
    expect(other.persons()).toEqual(device.persons());
    expect(other.faults()).toMatchObject([{ id: 'slow' }]);
    expect(() => {
      other.restore({ persons: [] });
    }).toThrow('no snapshot of a simulated device');
    expect(other.persons()).toHaveLength(1);
  });

  it('is empty after a reset, and still itself', async () => {
    const { device } = await fleetOf();
    const { serialNumber } = device;
    await record(device, '1000');
    device.addFault('busy');
    device.changePassword('Other-1');
    device.reset();
    expect(device.counts()).toEqual({ persons: 0, faces: 0 });
    expect(device.faults()).toEqual([]);
    expect(device.requests()).toEqual([]);
    expect(device.serialNumber).toBe(serialNumber);
    expect(device.password).toBe('Other-1');
  });

  it('keeps no secret in its journal', async () => {
    const { device } = await fleetOf({ devices: [{ password: 'Geheim-77' }] });
    await signed(device, 'POST', `${RECORD}?format=json`, userInfo('1000', { password: '4711' }));
    const text = JSON.stringify(device.requests());
    expect(text).not.toMatch(/Geheim|Digest|4711|response=/);
  });

  it('tells whoever waits for a request, and the nearest call to one that it does not have', async () => {
    const { device } = await fleetOf();
    const waiting = device.waitForRequest({ auth: 'ok' });
    await signed(device, 'GET', '/ISAPI/AccessControl/UserInfo/Cuont?format=json');
    expect(await waiting).toMatchObject({
      endpoint: null,
      nearest: 'GET /ISAPI/AccessControl/UserInfo/Count',
      status: 404,
    });
  });

  it('ends a stream with the caller, and with its power', async () => {
    const { device, clock } = await fleetOf();
    const target = '/ISAPI/Event/notification/alertStream';
    const first = await device.handle({ method: 'GET', target });
    const [challenge] = readChallenges(
      first.kind === 'answer' ? String(first.headers['www-authenticate']) : '',
    );
    if (!challenge) throw new Error('no challenge');
    const authorization = signRequest({ method: 'GET', target }, challenge, device);
    const pieces: string[] = [];
    const stream = device.handle({
      method: 'GET',
      target,
      headers: { authorization },
      onData: (chunk) => pieces.push(chunk.toString()),
    });
    await clock.advance(0);
    device.showFace(null);
    expect(pieces.join('')).toMatch(/"subEventType":\s*76/);
    await device.powerOff();
    expect(await stream).toMatchObject({ kind: 'answer', status: 200 });
  });
});
