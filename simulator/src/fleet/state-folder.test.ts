import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StateFolder, type Remembering } from './state-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'state-folder-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

function device(id: string, memory: unknown): Remembering & { memory: unknown } {
  return {
    id,
    memory,
    snapshot() {
      return this.memory;
    },
    restore(snapshot) {
      this.memory = snapshot;
    },
  };
}

const failOnDefect = (error: unknown) => {
  throw error;
};
const request = (entry: object) => ({
  type: 'request' as const,
  entry: {
    deviceId: 'b',
    method: 'GET',
    done: false,
    status: 200,
    auth: 'ok',
    faults: [],
    ...entry,
  } as never,
});
const changed = (deviceId: string) => ({ type: 'device', deviceId, what: 'changed' }) as const;

describe('a folder', () => {
  test('gives back what was there when it was closed, and only the owner may read it', async () => {
    const first = await StateFolder.open(dir, failOnDefect);
    await first.attach(device('device-1', { persons: 3 }));
    await first.close();
    expect((await stat(path.join(dir, 'device-1.json'))).mode & 0o077).toBe(0);
    const second = await StateFolder.open(dir, failOnDefect);
    const back = device('device-1', null);
    const fresh = device('device-2', 'new');
    await second.attach(back);
    await second.attach(fresh);
    expect(back.memory).toEqual({ persons: 3 });
    expect(fresh.memory).toBe('new');
    await second.close();
  });

  test('writes what changed when it is told to, and nothing else', async () => {
    const folder = await StateFolder.open(dir, failOnDefect);
    await folder.attach(device('a', 1));
    await folder.attach(device('b', 2));
    folder.notice(changed('a'));
    folder.notice(request({ done: true }));
    folder.notice(request({ method: 'POST' }));
    await folder.flush();
    expect((await readdir(dir)).sort()).toEqual(['.lock', 'a.json']);
    folder.notice(request({ method: 'POST', done: true }));
    await folder.flush();
    expect(await readFile(path.join(dir, 'b.json'), 'utf8')).toBe('2');
    await folder.close();
  });

  test.each([
    ['a failed login', [{ status: 401, auth: 'wrong-response' }], true],
    ['a challenge', [{ status: 401, auth: 'none' }], false],
    ['a fault that took part', [{ faults: ['busy/1'] }], true],
    ['a read', [{ done: true }], false],
  ])('after %s', async (_, entries, written) => {
    const folder = await StateFolder.open(dir, failOnDefect);
    await folder.attach(device('b', 2));
    for (const entry of entries) folder.notice(request(entry));
    await folder.flush();
    expect(await readdir(dir)).toEqual(written ? ['.lock', 'b.json'] : ['.lock']);
    await folder.close();
  });

  test('after the good login that makes failed ones forgotten', async () => {
    const folder = await StateFolder.open(dir, failOnDefect);
    await folder.attach(device('b', 2));
    folder.notice(request({ status: 401, auth: 'wrong-response' }));
    await folder.flush();
    await rm(path.join(dir, 'b.json'));
    folder.notice(request({ done: true }));
    await folder.flush();
    expect(await readdir(dir)).toContain('b.json');
    await folder.close();
  });

  test('keeps one certificate', async () => {
    const made = { key: '-----BEGIN k', cert: '-----BEGIN c', fingerprint: 'a'.repeat(64) };
    const first = await StateFolder.open(dir, failOnDefect);
    expect(await first.certificate(() => Promise.resolve(made))).toEqual(made);
    await first.close();
    const second = await StateFolder.open(dir, failOnDefect);
    const never = () => Promise.reject(new Error('made again'));
    expect(await second.certificate(never)).toEqual(made);
    expect((await stat(path.join(dir, '.certificate.json'))).mode & 0o077).toBe(0);
    await writeFile(path.join(dir, '.certificate.json'), '{}');
    await expect(second.certificate(never)).rejects.toThrow('Delete it and another one is made');
    await second.close();
  });

  test('writes by itself a moment after a change', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const folder = await StateFolder.open(dir, failOnDefect);
    await folder.attach(device('a', 1));
    folder.notice(changed('a'));
    folder.notice(changed('a'));
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(250);
    vi.useRealTimers();
    await folder.flush();
    expect(await readFile(path.join(dir, 'a.json'), 'utf8')).toBe('1');
    await folder.close();
  });

  test('forgets a device that is removed', async () => {
    const folder = await StateFolder.open(dir, failOnDefect);
    await folder.attach(device('a', 1));
    folder.notice(changed('a'));
    await folder.flush();
    folder.notice({ type: 'device', deviceId: 'a', what: 'removed' });
    await folder.close();
    expect(await readdir(dir)).toEqual([]);
  });

  test('that is no folder, or a file that is no state, is said so', async () => {
    await writeFile(path.join(dir, 'file'), '');
    await expect(StateFolder.open(path.join(dir, 'file', 'x'), failOnDefect)).rejects.toThrow(
      /cannot be made/,
    );
    await writeFile(path.join(dir, 'a.json'), '{"half":');
    const folder = await StateFolder.open(dir, failOnDefect);
    await expect(folder.attach(device('a', 1))).rejects.toThrow(/a\.json is no state.*Delete it/);
    await folder.close();
  });

  test('a device that cannot be written is reported, the others are kept', async () => {
    const defects: unknown[] = [];
    const folder = await StateFolder.open(dir, (error) => defects.push(error));
    const broken: Remembering = {
      id: 'broken',
      restore: () => undefined,
      snapshot: () => {
        throw new Error('no snapshot today');
      },
    };
    await folder.attach(broken);
    await folder.attach(device('good', 1));
    await folder.close();
    expect(String(defects[0])).toMatch(/state of broken was not written: no snapshot today/);
    expect(await readdir(dir)).toEqual(['good.json']);
  });
});

describe('one simulator per folder', () => {
  test('a second one is told who has it', async () => {
    const folder = await StateFolder.open(dir, failOnDefect);
    await expect(StateFolder.open(dir, failOnDefect)).rejects.toThrow(/in use by another fleet/);
    await folder.close();
    // Process 1 always runs.
    await writeFile(path.join(dir, '.lock'), '1');
    await expect(StateFolder.open(dir, failOnDefect)).rejects.toThrow(/in use by process 1\..*--state/);
  });

  test.each(['999999999', 'rubbish', ''])(
    'the claim of a process that is gone (%j) is taken over',
    async (claim) => {
      await writeFile(path.join(dir, '.lock'), claim);
      const folder = await StateFolder.open(dir, failOnDefect);
      expect(await readFile(path.join(dir, '.lock'), 'utf8')).toBe(String(process.pid));
      await folder.close();
    },
  );
});
