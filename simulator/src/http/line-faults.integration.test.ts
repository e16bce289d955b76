import { describe, expect, it } from 'vitest';
import { rawSocket, signedHead } from '../../conformance/raw-socket.ts';
import type { RigOptions } from '../../conformance/rig.ts';
import { socketWay } from '../../conformance/socket-way.ts';
import type { FaultWhat } from '../faults/fault.ts';

const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';

const person = (employeeNo: string) => ({
  target: RECORD,
  body: {
    UserInfo: {
      employeeNo,
      name: 'Popescu Ion',
      userType: 'normal',
      Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
      doorRight: '1',
      RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    },
  },
});

const rigWith = (what: FaultWhat, options: RigOptions = {}) =>
  socketWay.rig({ ...options, faults: [{ when: { times: 1 }, what }] });

describe('a fault on the wire', () => {
  it.each([
    [{ kind: 'reset', at: 'before-request' }, 0],
    [{ kind: 'reset', at: 'after-request' }, 0],
    [{ kind: 'answer-lost', how: 'reset' }, 1],
    [{ kind: 'reset', at: 'middle-of-answer' }, 1],
    [{ kind: 'truncated', keepBytes: 5 }, 1],
    [{ kind: 'truncated', keepBytes: 0 }, 1],
  ] as [FaultWhat, number][])('%j: the client sees a reset, the terminal holds %i', async (what, persons) => {
    const rig = await rigWith(what);
    await expect(rig.call(person('1000'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(rig.device.persons()).toHaveLength(persons);
    expect(rig.device.requests({ method: 'POST', auth: 'ok' })).toMatchObject([
      { done: persons === 1, faults: ['fault-1'], endpoint: 'person-record' },
    ]);
    expect((await rig.call({ target: COUNT })).status).toBe(200);
  });

  it.each([
    [{ kind: 'silence' }, 0],
    [{ kind: 'silence', done: true }, 1],
    [{ kind: 'answer-lost' }, 1],
  ] as [FaultWhat, number][])(
    '%j: the client hears nothing, the terminal holds %i',
    async (what, persons) => {
      const rig = await rigWith(what);
      const entry = rig.device.waitForRequest({ auth: 'ok' });
      const answer = rig.call(person('1000'));
      let settled = false;
      const heard = answer.then(
        () => (settled = true),
        () => undefined,
      );
      expect(await entry).toMatchObject({ outcome: 'silence', done: persons === 1 });
      expect(rig.device.persons()).toHaveLength(persons);
      expect(settled).toBe(false);
      await rig.device.powerOff();
      await heard;
      expect(settled).toBe(false);
    },
  );

  it('dripping: the answer comes whole, in the time it takes', async () => {
    const rig = await rigWith({ kind: 'dripping', bytesPerSecond: 20 });
    const answer = rig.call({ target: COUNT });
    const over = answer.then(() => 'over');
    let steps = 0;
    while ((await Promise.race([over, rig.clock.whenSleeping(1).then(() => 'waits')])) === 'waits') {
      steps += 1;
      await rig.clock.advance(50);
    }
    const seen = await answer;
    expect(seen.json()).toMatchObject({ UserInfoCount: { userNumber: 0 } });
    expect(steps).toBe(seen.body.length);
  });

  it('delay: the answer comes when the clock says so', async () => {
    const rig = await rigWith({ kind: 'delay', ms: 5000 });
    const answer = rig.call({ target: COUNT });
    await rig.clock.whenSleeping(1);
    await rig.clock.advance(4999);
    expect(rig.device.requests({ auth: 'ok' })).toHaveLength(0);
    await rig.clock.advance(1);
    expect((await answer).status).toBe(200);
  });

  it('a client that gives up does not stop what the terminal has begun', async () => {
    const rig = await rigWith({ kind: 'delay', ms: 5000 });
    const raw = await rawSocket(rig.device);
    const { target, body } = person('1000');
    const text = JSON.stringify(body);
    raw.write(`${await signedHead(rig, 'POST', target)}Content-Length: ${text.length}\r\n\r\n${text}`);
    await rig.clock.whenSleeping(1);
    raw.socket.destroy();
    const entry = rig.device.waitForRequest({ auth: 'ok' });
    await rig.clock.advance(5000);
    expect((await entry).done).toBe(true);
    expect(rig.device.persons()).toHaveLength(1);
  });
});

describe('the port', () => {
  it('is closed while a fault refuses, and open again after it', async () => {
    const rig = await socketWay.rig();
    const port = rig.device.port;
    rig.device.setFaults([{ when: { fromMs: 1000, untilMs: 3000 }, what: { kind: 'refused' } }]);
    expect((await rig.call({ target: COUNT })).status).toBe(200);
    await rig.clock.advance(1000);
    await rig.device.powerOn();
    await expect(rawSocket(rig.device)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await rig.clock.advance(2000);
    await rig.device.powerOn();
    expect((await rig.call({ target: COUNT })).status).toBe(200);
    expect(rig.device.port).toBe(port);
  });

  it('is closed without power; what was under way is cut', async () => {
    const rig = await rigWith({ kind: 'delay', ms: 60_000 });
    const cut = rig.call(person('1000')).catch((error: unknown) => error);
    await rig.clock.whenSleeping(1);
    await rig.device.powerOff();
    expect(await cut).toMatchObject({ code: 'ECONNRESET' });
    await expect(rawSocket(rig.device)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(rig.device.power).toBe('off');
    await rig.device.powerOn();
    expect(rig.device.persons()).toHaveLength(0);
    expect((await rig.call({ target: COUNT })).status).toBe(200);
  });

  it('is away during a reboot, and the data is there afterwards', async () => {
    const rig = await socketWay.rig();
    await rig.call(person('1000'));
    await rig.device.reboot(30_000);
    await expect(rawSocket(rig.device)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await rig.clock.advance(29_999);
    expect(rig.device.power).toBe('rebooting');
    await rig.clock.advance(1);
    await rig.device.powerOn();
    expect((await rig.call({ target: COUNT })).json()).toMatchObject({ UserInfoCount: { userNumber: 1 } });
  });

  it('refused by a counted fault looks like a reset to whoever connects', async () => {
    const rig = await rigWith({ kind: 'refused' });
    // The reset may come before or after the client has noticed that it is connected.
    const how = await rawSocket(rig.device)
      .then((raw) => raw.ended().then((end) => end.how))
      .catch((error: unknown) => (error as NodeJS.ErrnoException).code);
    expect(how).toBe('ECONNRESET');
    expect((await rig.call({ target: COUNT })).status).toBe(200);
  });
});
