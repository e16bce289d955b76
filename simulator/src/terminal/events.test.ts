import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../conformance/virtual-clock.ts';
import { DeviceTime } from './device-time.ts';
import type { AccessEvent, NewEvent } from './event-record.ts';
import { EventLog } from './events.ts';

const ALL = { major: 0, minor: 0 };
const FACE: NewEvent = { major: 5, minor: 75, employeeNo: '1000', name: 'Person One' };

function eventLog(maxEvents = 100) {
  const clock = virtualClock();
  const deviceTime = new DeviceTime({ clock });
  return { clock, deviceTime, log: new EventLog({ traits: { maxEvents }, deviceTime }) };
}

const numbers = (events: readonly AccessEvent[]) => events.map((event) => event.serialNo);

describe('event log', () => {
  it('numbers and dates what happens', async () => {
    const { clock, log } = eventLog();
    expect(log.append(FACE)).toMatchObject({
      serialNo: 1,
      time: '2026-01-05T11:00:00+03:00',
      employeeNo: '1000',
    });
    await clock.advance(1000);
    expect(log.append({ major: 5, minor: 76 })).toMatchObject({
      serialNo: 2,
      time: '2026-01-05T11:00:01+03:00',
    });
    expect(log.lastSerialNo).toBe(2);
  });

  it('forgets the oldest, whatever its size and length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 60 }), (maxEvents, count) => {
        const { log } = eventLog(maxEvents);
        for (let index = 0; index < count; index += 1) log.append(FACE);
        const kept = Array.from({ length: count }, (_, index) => index + 1).slice(-maxEvents);
        expect(numbers(log.latest(1000))).toEqual(kept);
        expect(log.size).toBe(kept.length);
        for (const serialNo of kept) expect(log.find(serialNo)?.serialNo).toBe(serialNo);
        expect(log.find(count + 1)).toBeUndefined();
        if (count > maxEvents) expect(log.find(count - maxEvents)).toBeUndefined();
      }),
    );
  });

  it('pages cover everything once, in either direction', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        (count, limit, newestFirst) => {
          const { log } = eventLog(25);
          for (let index = 0; index < count; index += 1) log.append({ major: 5, minor: index % 2 });
          const found: number[] = [];
          const condition = { major: 5, minor: 1 };
          for (let position = 0; ; position = found.length) {
            const { total, events } = log.search(condition, { position, limit, newestFirst });
            found.push(...numbers(events));
            if (events.length === 0) {
              expect(found).toHaveLength(total);
              break;
            }
          }
          const expected = numbers(log.latest(25).filter((event) => event.minor === 1));
          expect(found).toEqual(newestFirst ? expected.toReversed() : expected);
        },
      ),
    );
  });

  it('finds by everything a search can name', async () => {
    const { clock, log } = eventLog();
    log.append(FACE);
    await clock.advance(1000);
    log.append({ major: 5, minor: 1, employeeNo: '1001', name: 'Person Two', cardNo: '0001' });
    await clock.advance(1000);
    log.append({ major: 3, minor: 1024, picture: { of: null } });
    const find = (condition: object) =>
      numbers(log.search({ ...ALL, ...condition }, { position: 0, limit: 10 }).events);
    expect(find({})).toEqual([1, 2, 3]);
    expect(find({ major: 5 })).toEqual([1, 2]);
    expect(find({ major: 5, minor: 1 })).toEqual([2]);
    expect(find({ employeeNo: '1000' })).toEqual([1]);
    expect(find({ name: 'Person Two' })).toEqual([2]);
    expect(find({ cardNo: '0001' })).toEqual([2]);
    expect(find({ cardNo: '1' })).toEqual([]);
    expect(find({ beginSerialNo: 2, endSerialNo: 3 })).toEqual([2, 3]);
    const second = log.find(2)!.timeMs;
    expect(find({ startMs: second })).toEqual([2, 3]);
    expect(find({ endMs: second })).toEqual([1, 2]);
  });

  it('tells listeners, until they leave', () => {
    const { log } = eventLog();
    const heard: number[] = [];
    const stop = log.subscribe((event) => {
      heard.push(event.serialNo);
      if (event.serialNo === 2) stop();
    });
    log.append(FACE);
    log.append(FACE);
    log.append(FACE);
    expect(heard).toEqual([1, 2]);
  });

  it('goes on numbering after a restored snapshot, and begins anew when cleared', () => {
    const { log } = eventLog(2);
    for (let index = 0; index < 3; index += 1) log.append(FACE);
    const other = eventLog(2).log;
    other.restore(log.snapshot());
    expect(numbers(other.latest(9))).toEqual([2, 3]);
    expect(other.append(FACE).serialNo).toBe(4);
    expect(numbers(other.latest(9))).toEqual([3, 4]);
    other.clear();
    expect(other.append(FACE).serialNo).toBe(1);
  });
});
