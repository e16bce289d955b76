import { describe, expect, it } from 'vitest';
import { showFace } from '../../terminal/access.ts';
import { drawPicture } from '../testing/pictures.ts';
import { HOST, startPusher } from '../testing/pushes.ts';
import { FACE_RECORD, faceUpload, RECORD, userInfo } from '../testing/requests.ts';
import { sampleJson, sampleText } from '../testing/samples.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';
import { listenerUrl, type Push, type PushResult } from './pusher.ts';

function site(options: TestTerminalOptions = {}, results: (PushResult | Error)[] = []) {
  const t = testTerminal({ ...options, traits: { httpHostSlots: 2, ...options.traits } });
  return { ...t, ...startPusher(t, 'https://192.0.2.10:8443', results) };
}

/** The event of a push, read out of its multipart body. */
function eventOf(push: Push | undefined): Record<string, unknown> {
  const text = push?.body.toString() ?? '';
  const start = text.indexOf('\r\n\r\n') + 4;
  return JSON.parse(text.slice(start, text.indexOf('\r\n--MIME_boundary', start))) as Record<string, unknown>;
}

const serialOf = (push: Push | undefined) =>
  (eventOf(push).AccessControllerEvent as { serialNo: number }).serialNo;

describe('push', () => {
  it('goes to the slot that listens, framed as captured', async () => {
    const t = site();
    t.terminal.hosts.set(HOST);
    showFace(t.terminal, null);
    await t.pushed(1);
    const [push] = t.pushes;
    expect(push?.url).toBe('http://192.0.2.20:8080/webhook');
    const sample = sampleText('push-event-log-no-picture.txt');
    expect(sample).toContain(`Content-Type: ${push?.contentType ?? ''}`);
    const text = push?.body.toString() ?? '';
    expect(
      text.startsWith(
        '--MIME_boundary\r\nContent-Disposition: form-data; name="event_log"\r\n\r\n{\n  "ipAddress"',
      ),
    ).toBe(true);
    expect(text.endsWith('}\r\n--MIME_boundary--\r\n')).toBe(true);
  });

  it('carries the keys of captured ones', async () => {
    const t = site();
    t.terminal.hosts.set(HOST);
    await t.call('POST', RECORD, userInfo('1005', { name: 'Person Five' }));
    await t.call('POST', FACE_RECORD, ...faceUpload('1005', await drawPicture()));
    showFace(t.terminal, '1005');
    await t.pushed(1);
    const event = eventOf(t.pushes[0]);
    const sample = sampleJson('push-event-face-k1t673dx.json') as Record<string, Record<string, unknown>>;
    // An address of version 6 is for terminals that have one.
    for (const key of Object.keys(sample).filter((name) => name !== 'ipv6Address'))
      expect(event).toHaveProperty(key);
    for (const [key, value] of Object.entries(sample.AccessControllerEvent!))
      expect([key, typeof (event.AccessControllerEvent as Record<string, unknown>)[key]]).toEqual([
        key,
        typeof value,
      ]);
    expect(event).toMatchObject({
      portNo: 8443,
      protocol: 'HTTPS',
      AccessControllerEvent: { employeeNoString: '1005', subEventType: 75 },
    });
  });

  it('brings the picture in a part of its own', async () => {
    const t = site();
    t.terminal.hosts.set(HOST);
    const picture = await drawPicture();
    await t.call('POST', RECORD, userInfo('1'));
    await t.call('POST', FACE_RECORD, ...faceUpload('1', picture));
    showFace(t.terminal, '1');
    await t.pushed(1);
    const body = t.pushes[0]!.body;
    const head = `name="Picture"; filename="Picture.jpg"\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`;
    const at = body.indexOf(head) + head.length;
    expect(body.subarray(at, at + picture.length)).toEqual(picture);
  });

  it('is XML where the slot asks for it', async () => {
    const t = site();
    t.terminal.hosts.set({ ...HOST, parameterFormatType: 'XML' });
    showFace(t.terminal, null);
    await t.pushed(1);
    const text = t.pushes[0]!.body.toString();
    expect(text).toContain('<EventNotificationAlert version="2.0"');
    expect(text).toContain('<subEventType>76</subEventType>');
  });

  it('is one after the other, in the order of events', async () => {
    const t = site();
    t.terminal.hosts.set(HOST);
    for (let index = 0; index < 5; index += 1) showFace(t.terminal, null);
    await t.pushed(5);
    expect(t.pushes.map(serialOf)).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes to every slot that wants it', async () => {
    const t = site();
    const minorEvent = [75];
    const none = { heartbeat: 30, minorAlarm: [], minorException: [], minorOperation: [], minorEvent };
    t.terminal.hosts.set({ ...HOST, subscription: { ...none, eventMode: 'list' } });
    t.terminal.hosts.set({ ...HOST, id: 2, url: '/all' });
    showFace(t.terminal, null);
    await t.pushed(1);
    expect(t.pushes.map((push) => push.url)).toEqual(['http://192.0.2.20:8080/all']);
  });

  it('is not repeated where nobody asked for an answer', async () => {
    const t = site({}, [{ ok: false, why: 'ECONNREFUSED' }]);
    t.terminal.hosts.set(HOST);
    showFace(t.terminal, null);
    showFace(t.terminal, null);
    await t.pushed(2);
    expect(t.pushes.map(serialOf)).toEqual([1, 2]);
    expect(t.clock.sleepers).toBe(0);
  });

  it('is repeated until HTTP 200 where that is asked for, and given up in the end', async () => {
    const refused: PushResult = { ok: true, status: 503 };
    const t = site({}, [
      refused,
      { ok: false, why: 'timeout' },
      { ok: true, status: 200 },
      refused,
      refused,
      refused,
    ]);
    t.terminal.hosts.set({ ...HOST, checkResponseEnabled: true });
    showFace(t.terminal, null);
    showFace(t.terminal, null);
    showFace(t.terminal, null);
    await t.pushed(1);
    await t.clock.advance(9_999);
    expect(t.pushes).toHaveLength(1);
    await t.clock.advance(50_001);
    await t.pushed(7);
    expect(t.pushes.map(serialOf)).toEqual([1, 1, 1, 2, 2, 2, 3]);
    expect(t.reports.slice(0, 3)).toEqual(
      [refused, { ok: false, why: 'timeout' }, { ok: true, status: 200 }].map((result, index) => ({
        slot: 1,
        url: 'http://192.0.2.20:8080/webhook',
        serialNo: 1,
        attempt: index + 1,
        result,
      })),
    );
  });

  it('stops when the slot is cleared or the power is gone', async () => {
    const t = site({}, [{ ok: false, why: 'timeout' }]);
    t.terminal.hosts.set({ ...HOST, checkResponseEnabled: true });
    showFace(t.terminal, null);
    await t.pushed(1);
    t.terminal.hosts.clearSlot(1);
    await t.clock.advance(10_000);
    expect(t.pushes).toHaveLength(1);
    t.terminal.hosts.set(HOST);
    t.power.abort();
    showFace(t.terminal, null);
    await t.clock.advance(1);
    expect(t.pushes).toHaveLength(1);
  });

  it('keeps the newest of too many that wait', async () => {
    const t = site({}, [{ ok: false, why: 'timeout' }]);
    t.terminal.hosts.set({ ...HOST, checkResponseEnabled: true });
    for (let index = 0; index < 100; index += 1) showFace(t.terminal, null);
    await t.pushed(1);
    await t.clock.advance(10_000);
    await t.pushed(66);
    expect(t.pushes.map(serialOf).slice(0, 4)).toEqual([1, 1, 37, 38]);
    expect(serialOf(t.pushes.at(-1))).toBe(100);
  });

  it('survives a mistake in sending', async () => {
    const t = site({}, [new Error('broken')]);
    t.terminal.hosts.set(HOST);
    showFace(t.terminal, null);
    showFace(t.terminal, null);
    await t.pushed(2);
    expect(t.defects).toHaveLength(1);
  });

  it.each([
    [{}, 'http://192.0.2.20:8080/webhook'],
    [{ url: 'webhook?a=1' }, 'http://192.0.2.20:8080/webhook?a=1'],
    [{ url: '' }, 'http://192.0.2.20:8080/'],
    [{ url: 'http://elsewhere.example/x' }, 'http://192.0.2.20:8080/x'],
    [{ protocolType: 'HTTPS' as const, address: '2001:db8::1' }, 'https://[2001:db8::1]:8080/webhook'],
  ])('goes to %j → %s', (more, url) => {
    expect(listenerUrl({ ...HOST, ...more })).toBe(url);
  });
});
