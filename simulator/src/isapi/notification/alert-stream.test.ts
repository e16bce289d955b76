import { describe, expect, it } from 'vitest';
import { showFace } from '../../terminal/access.ts';
import { openStream } from '../testing/open-stream.ts';
import { sampleText } from '../testing/samples.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';
import { alertStreamEndpoints } from './alert-stream.ts';

const [stream, subscribe] = alertStreamEndpoints as [
  (typeof alertStreamEndpoints)[0],
  (typeof alertStreamEndpoints)[0],
];

const K1A340: TestTerminalOptions = { profile: 'ds-k1a340' };

function site(options: TestTerminalOptions = {}) {
  const t = testTerminal(options);
  t.terminal.persons.set('1', {
    name: 'Person One',
    userType: 'normal',
    valid: {
      enable: true,
      beginTime: '2025-01-01T00:00:00',
      endTime: '2037-12-31T23:59:59',
      timeType: 'local',
    },
    doorRight: '1',
    rightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    extras: null,
  });
  t.terminal.faces.set('1', { sha256: null, sizeBytes: 0, origin: 'seeded' });
  return t;
}

const accessEvent = (document: Record<string, unknown> | undefined) =>
  document?.AccessControllerEvent as Record<string, unknown> | undefined;

/** The documents of the captured stream, which was kept with bare line feeds. */
function captured(): Record<string, unknown>[] {
  return sampleText('alertstream-k1a340.txt')
    .split('--MIME_boundary')
    .filter((part) => part.includes('{'))
    .map((part) => JSON.parse(part.slice(part.indexOf('{'))) as Record<string, unknown>);
}

describe('alertStream', () => {
  it('carries an event at once', async () => {
    const t = site();
    const client = await openStream(t, stream);
    expect(client.contentType).toBe('multipart/mixed; boundary=MIME_boundary');
    expect(client.written()).toHaveLength(0);
    showFace(t.terminal, null);
    const [document] = client.documents();
    expect(document).toMatchObject({
      ipAddress: '192.0.2.10',
      portNo: 80,
      protocol: 'HTTP',
      dateTime: '2026-01-05T11:00:00+03:00',
      eventType: 'AccessControllerEvent',
      shortSerialNumber: t.terminal.identity.shortSerial,
    });
    expect(accessEvent(document)).toMatchObject({
      majorEventType: 5,
      subEventType: 76,
      serialNo: 1,
      currentEvent: true,
    });
  });

  it('is framed and indented as captured', async () => {
    const t = site();
    const client = await openStream(t, stream);
    showFace(t.terminal, null);
    const text = client.written().toString();
    expect(text).toMatch(
      /^--MIME_boundary\r\nContent-Type: application\/json; charset="UTF-8"\r\nContent-Length: \d+\r\n\r\n\{\n {2}"ipAddress": "192\.0\.2\.10",\n/,
    );
    expect(text).not.toContain('Content-Disposition');
    expect(text).not.toContain('--MIME_boundary--');
  });

  it('sends the picture behind its event, before the next one', async () => {
    const t = site();
    const client = await openStream(t, stream);
    showFace(t.terminal, '1');
    showFace(t.terminal, null);
    await client.received(2);
    const text = client.written().toString('latin1');
    const types = [...text.matchAll(/Content-Type: ([a-z/]+)/g)].map((match) => match[1]);
    expect(types).toEqual(['application/json', 'image/jpeg', 'application/json']);
    expect(accessEvent(client.documents()[0])).toMatchObject({ employeeNoString: '1', picturesNumber: 1 });
  });

  it('beats about every ten seconds, the first time after ten', async () => {
    const t = site();
    const client = await openStream(t, stream);
    await t.clock.advance(9_999);
    expect(client.documents()).toEqual([]);
    await t.clock.advance(20_001);
    const beats = client.documents();
    expect(beats.map((beat) => beat.activePostCount)).toEqual([1, 2, 3]);
    const [sample] = captured();
    for (const [key, value] of Object.entries(sample!))
      expect([key, typeof beats[0]?.[key]]).toEqual([key, typeof value]);
    expect(beats[0]).toMatchObject({ eventType: 'videoloss', eventState: 'inactive', channelID: 3 });
  });

  it('beats at once on DS-K1A340, before its history', async () => {
    const t = site(K1A340);
    showFace(t.terminal, null);
    const client = await openStream(t, stream);
    await client.received(2);
    await t.clock.advance(10_000);
    expect(client.documents().map((part) => [part.eventType, part.activePostCount])).toEqual([
      ['videoloss', 1],
      ['AccessControllerEvent', 1],
      ['videoloss', 2],
    ]);
  });

  it.each([
    ['heartBeat', ['heartBeat']],
    ['none', []],
  ] as const)('with heartbeats of kind %s', async (heartbeat, types) => {
    const t = site({ traits: { heartbeat } });
    const client = await openStream(t, stream);
    await t.clock.advance(10_000);
    expect(client.documents().map((beat) => beat.eventType)).toEqual(types);
    expect(t.clock.sleepers).toBe(types.length);
  });

  it('replays history first on DS-K1A340, marked as such', async () => {
    const t = site(K1A340);
    for (let index = 0; index < 3; index += 1) showFace(t.terminal, null);
    const client = await openStream(t, stream);
    showFace(t.terminal, null);
    await client.received(5);
    const [, ...documents] = client.documents();
    const events = documents.map(accessEvent);
    expect(events.map((event) => [event?.serialNo, event?.currentEvent])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, true],
    ]);
    const sample = captured()[1];
    for (const key of Object.keys(accessEvent(sample)!)) expect(events[0]).toHaveProperty(key);
    for (const key of Object.keys(sample!)) expect(documents[0]).toHaveProperty(key);
  });

  it('elsewhere begins with what is new', async () => {
    const t = site();
    showFace(t.terminal, null);
    const client = await openStream(t, stream);
    expect(client.documents()).toEqual([]);
  });

  it('goes on after an event whose picture is gone', async () => {
    const t = site();
    const client = await openStream(t, stream);
    t.terminal.events.append({ major: 5, minor: 75, picture: { of: 'nobody' } });
    showFace(t.terminal, null);
    await client.received(2);
  });

  it('is open once; a second one is over the limit until the first has left', async () => {
    const t = site({ traits: { maxStreams: 1 } });
    const client = await openStream(t, stream);
    await expect(openStream(t, stream)).rejects.toThrow('HTTP 400 deployExceedMax');
    client.close();
    showFace(t.terminal, null);
    expect(client.written()).toHaveLength(0);
    expect(t.clock.sleepers).toBe(0);
    (await openStream(t, stream)).close();
  });

  it('is 404 on DS-K1T341AM', async () => {
    await expect(openStream(site({ profile: 'ds-k1t341am' }), stream)).rejects.toThrow('HTTP 404 notSupport');
  });

  it('opens for a subscription in XML, and for nothing else', async () => {
    const t = site();
    await expect(openStream(t, subscribe, '{}')).rejects.toThrow('badXmlFormat');
    const client = await openStream(
      t,
      subscribe,
      '<SubscribeEvent><eventMode>all</eventMode></SubscribeEvent>',
    );
    showFace(t.terminal, null);
    expect(client.documents()).toHaveLength(1);
  });
});
