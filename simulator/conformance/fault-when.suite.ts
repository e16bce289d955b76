import { describe, expect, it } from 'vitest';
import type { Fault, FaultWhen } from '../src/faults/fault.ts';
import type { Call, Rig, Way } from './rig.ts';

const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';
const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const CARD_COUNT = '/ISAPI/AccessControl/CardInfo/Count?format=json';

const record = (employeeNo: string): Call => ({
  target: RECORD,
  body: { UserInfo: { employeeNo, name: 'Popescu Ion' } },
});
const count: Call = { target: COUNT };

/** The fault is seen by its status, which no terminal gives. */
const marked = (when: FaultWhen, id?: string): Fault => ({
  ...(id === undefined ? {} : { id }),
  when,
  what: { kind: 'answer', status: 418, body: '' },
});
const hits = async (rig: Rig, calls: Call[]) => {
  const found = [];
  for (const call of calls) found.push((await rig.call(call)).status === 418);
  return found;
};

/** Rows of when a fault takes part. */
export function faultWhenSuite(way: Way): void {
  describe('a fault takes part', () => {
    it.each<[string, FaultWhen, Call[], boolean[]]>([
      ['always', {}, [count, record('1')], [true, true]],
      ['at one endpoint', { endpoint: 'person-record' }, [count, record('1')], [false, true]],
      [
        'at several',
        { endpoint: ['person-count', 'card-count'] },
        [count, { target: CARD_COUNT }, record('1')],
        [true, true, false],
      ],
      [
        'at a family',
        { endpoint: 'person-*' },
        [count, { target: CARD_COUNT }, record('1')],
        [true, false, true],
      ],
      ['with one verb', { method: 'post' }, [count, record('1')], [false, true]],
      ['with one person', { employeeNo: '1' }, [record('1'), record('2'), count], [true, false, false]],
      [
        'with several persons',
        { employeeNo: ['2', '3'] },
        [record('1'), record('2'), record('3')],
        [false, true, true],
      ],
      ['in the nth call', { nth: 2 }, [count, count, count], [false, true, false]],
      [
        'in the nth that fits',
        { nth: 2, endpoint: 'person-record' },
        [record('1'), count, record('2')],
        [false, false, true],
      ],
      ['in every k-th call', { every: 2 }, [count, count, count, count], [false, true, false, true]],
      ['so many times', { times: 2 }, [count, count, count], [true, true, false]],
      ['never by no chance', { probability: 0 }, [count, count], [false, false]],
      ['surely by every chance', { probability: 1 }, [count, count], [true, true]],
      [
        'in every k-th, so many times',
        { every: 2, times: 1 },
        [count, count, count, count],
        [false, true, false, false],
      ],
    ])('%s', async (_, when, calls, expected) => {
      const rig = await way.rig({ faults: [marked(when)] });
      expect(await hits(rig, calls)).toEqual(expected);
    });

    it('within a window of time', async () => {
      const rig = await way.rig({ faults: [marked({ fromMs: 1000, untilMs: 3000 })] });
      const found = [];
      for (let atMs = 0; atMs <= 4000; atMs += 1000) {
        found.push(...(await hits(rig, [count])));
        await rig.clock.advance(1000);
      }
      expect(found).toEqual([false, true, true, false, false]);
    });

    it('in the half of the handshake it speaks of', async () => {
      for (const [stage, unsigned, signed] of [
        ['unsigned', 418, 418],
        ['signed', 401, 418],
        ['any', 418, 418],
      ] as const) {
        const rig = await way.rig({ faults: [marked({ stage })] });
        expect((await rig.send(count)).status).toBe(unsigned);
        expect((await rig.call(count)).status).toBe(signed);
      }
    });

    it('before those behind it; delays add up', async () => {
      const rig = await way.rig({
        faults: [
          { what: { kind: 'delay', ms: 1000 } },
          { what: { kind: 'delay', ms: 500 } },
          marked({}, 'first'),
          { id: 'second', what: { kind: 'busy' } },
        ],
      });
      const call = rig.call(count);
      await rig.clock.whenSleeping(1);
      await rig.clock.advance(1499);
      expect(rig.device.requests({ auth: 'ok' })).toEqual([]);
      await rig.clock.advance(1);
      expect((await call).status).toBe(418);
    });

    it('the same way for the same seed and calls', async () => {
      const run = async () =>
        hits(
          await way.rig({ faults: [marked({ probability: 0.4 }, 'spotty')] }),
          Array<Call>(12).fill(count),
        );
      const first = await run();
      expect(new Set(first).size).toBe(2);
      expect(await run()).toEqual(first);
    });

    it('until it is removed', async () => {
      const rig = await way.rig({ faults: [marked({}, 'mine'), 'busy'] });
      expect(rig.device.removeFault('busy')).toBe(true);
      expect(rig.device.removeFault('yours')).toBe(false);
      expect(rig.device.faults().map(({ id }) => id)).toEqual(['mine']);
      expect(rig.device.addFault({ what: { kind: 'html' } })).toMatch(/^fault-\d+$/);
      rig.device.clearFaults();
      expect(await hits(rig, [count])).toEqual([false]);
    });
  });

  describe('an answer that stands for a success', () => {
    it.each([
      [
        'JSON',
        record('1'),
        /"statusCode":7,"statusString":"Reboot Required","subStatusCode":"rebootRequired"/,
      ],
      [
        'XML',
        {
          method: 'PUT' as const,
          target: '/ISAPI/AccessControl/RemoteControl/door/1',
          body: '<RemoteControlDoor><cmd>alwaysOpen</cmd></RemoteControlDoor>',
          contentType: 'application/xml',
        },
        /<statusCode>7<[^]*<subStatusCode>rebootRequired</,
      ],
    ])('says in %s that a reboot is required, and the change is made', async (_, call, text) => {
      const rig = await way.rig({
        faults: [{ what: { kind: 'sub-status', subStatusCode: 'rebootRequired', done: true } }],
      });
      const answer = await rig.call(call);
      expect([answer.status, text.test(answer.text)]).toEqual([200, true]);
      expect(rig.device.requests({ auth: 'ok' })).toMatchObject([
        { done: true, subStatusCode: 'rebootRequired' },
      ]);
    });

    it('leaves a refusal of the terminal as it is', async () => {
      const rig = await way.rig({
        persons: [{ employeeNo: '1', name: 'Popescu Ion' }],
        faults: [{ what: { kind: 'answer', status: 202, body: 'mine', done: true } }],
      });
      expect((await rig.call(record('1'))).json()).toMatchObject({ subStatusCode: 'employeeNoAlreadyExist' });
      expect((await rig.call(record('2'))).text).toBe('mine');
      expect(rig.device.persons().map(({ employeeNo }) => employeeNo)).toEqual(['1', '2']);
    });
  });
}
