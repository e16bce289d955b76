import { describe, expect, it } from 'vitest';
import { createEmitter } from '../engine/emitter.ts';
import type { EngineEvents } from '../engine/events.ts';
import { announcements, createLog } from './log.ts';
import { logEvents } from './log-events.ts';
import { logRequest } from './log-requests.ts';

function kept(level = 'trace') {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => lines.push(line) });
  const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, entries };
}

describe('the log', () => {
  it('is JSON lines with the level in words and the time', () => {
    const { log, entries } = kept();
    log.info({ url: 'http://x' }, 'listening');
    expect(entries()).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), url: 'http://x', msg: 'listening' },
    ]);
  });

  it('hides what should never have come this far', () => {
    const { log, lines } = kept();
    log.info({
      password: 'p1',
      device: { password: 'p2', username: 'admin' },
      a: { b: { displayName: 'Ion' } },
    });
    log.info({ req: { authorization: 'Bearer abc' }, token: 't1' });
    expect(lines.join('')).not.toMatch(/p1|p2|Ion|abc|t1/);
    expect(lines.join('')).toContain('admin');
  });
});

describe('announcements', () => {
  it.each(['info', 'warn', 'error'])('appear at level %s, where other news may not', (level) => {
    const { log, entries } = kept(level);
    announcements(log).info('listening');
    expect(entries()).toMatchObject([{ level: 'info', msg: 'listening' }]);
  });

  it('do not appear at level silent', () => {
    const { log, lines } = kept('silent');
    announcements(log).info('listening');
    expect(lines).toEqual([]);
  });
});

describe('logEvents', () => {
  const told = <Name extends keyof EngineEvents>(name: Name, event: EngineEvents[Name]) => {
    const { log, entries } = kept();
    const events = createEmitter<EngineEvents>();
    logEvents(events, log);
    events.emit(name, event);
    return entries()[0];
  };

  it('writes a failed employee with number and code, without the message', () => {
    const line = {
      employeeId: 'e',
      employeeNo: 1000,
      deviceId: 'd',
      status: 'eroare',
      person: 'created',
      face: 'failed',
      reasons: ['new'],
      error: { code: 'face_rejected', message: 'long words' },
    } as const;
    const entry = told('pair.finished', { runId: 'r', line: { ...line, reasons: ['new'] } });
    expect(entry).toMatchObject({ level: 'warn', employeeNo: 1000, errorCode: 'face_rejected' });
    expect(entry).not.toHaveProperty('error');
  });

  it('cuts a raw answer', () => {
    const entry = told('device.stopped', { deviceId: 'd', code: 'c', message: 'm', raw: 'x'.repeat(9_000) });
    expect(entry).toMatchObject({ level: 'warn', msg: 'device stopped', reason: 'm' });
    expect(String(entry?.raw)).toHaveLength(300);
  });

  it.each([
    ['completed', 'info'],
    ['partial', 'warn'],
    ['failed', 'warn'],
  ] as const)('tells a run that ended %s as %s', (state, level) => {
    expect(told('run.finished', { runId: 'r', state })).toMatchObject({ level, state });
  });
});

describe('logRequest', () => {
  const answered = { requestId: 'q', method: 'GET', path: '/api/x', status: 200, durationMs: 3, error: null };

  it.each([
    [{}, 'info'],
    [{ path: '/healthz' }, 'debug'],
    [{ path: '/healthz', status: 503 }, 'warn'],
    [{ status: 404 }, 'info'],
    [{ status: 500 }, 'error'],
  ])('%j is %s', (more, level) => {
    const { log, entries } = kept();
    logRequest(log, { ...answered, ...more });
    expect(entries()[0]).toMatchObject({ level, requestId: 'q' });
  });

  it('keeps what went wrong inside', () => {
    const { log, entries } = kept();
    logRequest(log, { ...answered, status: 500, error: new Error('inside') });
    expect(entries()[0]).toMatchObject({ err: { message: 'inside' } });
  });
});
