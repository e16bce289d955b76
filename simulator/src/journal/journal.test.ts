import { describe, expect, test, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { Journal, type JournalEntry, type JournalOptions } from './journal.ts';

let nowMs = 1000;
const clock: Clock = { now: () => nowMs, sleep: () => Promise.resolve() };

function newJournal(options: Partial<JournalOptions> = {}) {
  return new Journal({ deviceId: 'device-1', clock, ...options });
}

function write(journal: Journal, change: Partial<JournalEntry> = {}) {
  const entry = journal.begin({
    remoteAddress: '127.0.0.1',
    method: change.method ?? 'POST',
    target: change.target ?? '/ISAPI/AccessControl/UserInfo/Record?format=json',
  });
  journal.finish(Object.assign(entry, { status: 200, outcome: 'answered' }, change));
  return entry;
}

describe('keeping', () => {
  test('an entry counts from its end and knows its times', () => {
    const journal = newJournal();
    const slow = journal.begin({ remoteAddress: '10.0.0.1', method: 'GET', target: '/a' });
    nowMs += 5;
    write(journal, { target: '/b' });
    journal.finish(slow);
    expect(journal.list().map(({ sequence, target }) => [sequence, target])).toEqual([
      [1, '/b'],
      [2, '/a'],
    ]);
    expect(slow.endedAtMs).toBe(slow.startedAtMs + 5);
  });

  test('an exchange under way is not listed', () => {
    const journal = newJournal();
    journal.begin({ remoteAddress: '', method: 'GET', target: '/a' });
    expect(journal.list()).toEqual([]);
  });

  test('the oldest give way, by number and by weight', () => {
    const few = newJournal({ maxEntries: 3 });
    for (let number = 0; number < 10; number += 1) write(few);
    expect(few.list().map(({ sequence }) => sequence)).toEqual([8, 9, 10]);
    const light = newJournal({ maxChars: 5000 });
    for (let number = 0; number < 10; number += 1) write(light, { requestBody: 'x'.repeat(1000) });
    expect(light.length).toBeLessThanOrEqual(5);
    expect(light.length).toBeGreaterThan(1);
  });

  test('secrets in the target do not show, and a huge target is cut', () => {
    const journal = newJournal();
    const entry = journal.begin({
      remoteAddress: '',
      method: 'GET',
      target: `/x?password=Parola-1&y=${'y'.repeat(9000)}`,
    });
    expect(entry.target).toContain('/x?password=***');
    expect(entry.target.length).toBeLessThanOrEqual(1024);
  });

  test('clearing forgets the entries and goes on counting', () => {
    const journal = newJournal();
    write(journal);
    journal.clear();
    write(journal);
    expect(journal.list().map(({ sequence }) => sequence)).toEqual([2]);
  });

  test('what is listed or waited for is a copy', async () => {
    const journal = newJournal();
    const next = journal.waitFor({});
    write(journal);
    journal.list()[0]?.faults.push('mine');
    (await next).faults.push('mine');
    (await journal.waitFor({}, { includePast: true })).faults.push('mine');
    write(journal);
    expect(journal.list().map(({ faults }) => faults)).toEqual([[], []]);
  });
});

describe('filters', () => {
  const journal = newJournal();
  write(journal, { endpoint: 'person-record', employeeNo: '1', status: 200, auth: 'ok' });
  write(journal, { endpoint: 'person-record', employeeNo: '2', status: 400, auth: 'ok' });
  write(journal, { method: 'GET', target: '/SDK/activateStatus', status: 200 });
  write(journal, { status: 401, auth: 'none', endpoint: 'face-record' });
  write(journal, { status: null, outcome: 'silence', auth: 'ok' });

  test.each([
    [{}, [1, 2, 3, 4, 5]],
    [{ method: 'get' }, [3]],
    [{ endpoint: 'person-record' }, [1, 2]],
    [{ path: '/SDK/' }, [3]],
    [{ employeeNo: '2' }, [2]],
    [{ status: 200 }, [1, 3]],
    [{ auth: 'ok' }, [1, 2, 5]],
    [{ outcome: 'silence' as const }, [5]],
    [{ limit: 2 }, [4, 5]],
    [{ after: 1, limit: 2 }, [2, 3]],
    [{ after: 4 }, [5]],
    [{ after: 5 }, []],
    [{ endpoint: 'person-record', status: 400 }, [2]],
  ])('%j', (filter, expected) => {
    expect(journal.list(filter).map(({ sequence }) => sequence)).toEqual(expected);
  });
});

describe('waiting', () => {
  test('for the next one that fits, not one that was', async () => {
    const journal = newJournal();
    write(journal, { employeeNo: '1', status: 200 });
    const waiting = journal.waitFor({ employeeNo: '1' });
    write(journal, { employeeNo: '2' });
    write(journal, { employeeNo: '1', status: 400 });
    await expect(waiting).resolves.toMatchObject({ employeeNo: '1', status: 400, sequence: 3 });
  });

  test('for one that was, when asked', async () => {
    const journal = newJournal();
    write(journal, { employeeNo: '1' });
    await expect(journal.waitFor({ employeeNo: '1' }, { includePast: true })).resolves.toMatchObject({
      sequence: 1,
    });
  });

  test('ends with its signal, before and after', async () => {
    const journal = newJournal();
    const abort = new AbortController();
    const waiting = journal.waitFor({}, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(journal.waitFor({}, { signal: abort.signal })).rejects.toThrow('enough');
    write(journal);
  });

  test('is bounded', async () => {
    const journal = newJournal();
    const abort = new AbortController();
    const waiters = Array.from({ length: 1000 }, () => journal.waitFor({}, { signal: abort.signal }));
    await expect(journal.waitFor({})).rejects.toThrow(/1000 calls wait/);
    abort.abort(new Error('enough'));
    await Promise.allSettled(waiters);
    const next = journal.waitFor({});
    write(journal);
    await next;
  });
});

test('listeners hear every entry until they leave', () => {
  const journal = newJournal();
  const heard = vi.fn();
  const leave = journal.subscribe(heard);
  write(journal);
  leave();
  write(journal);
  expect(heard).toHaveBeenCalledOnce();
});
