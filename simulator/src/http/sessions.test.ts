import { describe, expect, it } from 'vitest';
import type { Outcome } from './exchange.ts';
import { Sessions } from './sessions.ts';

const cut: Outcome = { kind: 'cut', how: 'reset', done: false };

describe('a session', () => {
  it('lasts as long as its exchange, at once or later', async () => {
    const sessions = new Sessions();
    expect(sessions.during(() => cut)).toBe(cut);
    expect(sessions.open).toBe(0);
    const late = sessions.during(() => Promise.resolve(cut));
    expect(sessions.open).toBe(1);
    expect(await late).toBe(cut);
    expect(sessions.open).toBe(0);
  });

  it('ends with an exchange that fails', async () => {
    const sessions = new Sessions();
    const fail = (): Outcome => {
      throw new Error('a defect');
    };
    expect(() => sessions.during(fail)).toThrow('a defect');
    await expect(sessions.during(() => Promise.reject(new Error('a late one')))).rejects.toThrow(
      'a late one',
    );
    expect(sessions.open).toBe(0);
  });

  it('of a stream lasts until the stream ends', () => {
    const sessions = new Sessions();
    const stream = { kind: 'stream' as const, status: 200, contentType: 'x/y', open: () => undefined };
    void sessions.during(() => ({ kind: 'stream', stream, release: sessions.releaseStream }));
    expect(sessions.open).toBe(1);
    sessions.releaseStream();
    expect(sessions.open).toBe(0);
  });
});
