import { describe, expect, it } from 'vitest';
import type { RigOptions, Way } from './rig.ts';

const STREAM = '/ISAPI/Event/notification/alertStream';
const PERSON = { employeeNo: '1000', name: 'Popescu Ion', face: true };
const textOf = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];

/** Rows of the live stream of events. */
export function alertStreamSuite(way: Way): void {
  const site = (options: RigOptions = {}) => way.rig({ persons: [PERSON], ...options });

  describe('alertStream', () => {
    it('is multipart/mixed without end, events as indented JSON, pictures behind them', async () => {
      const rig = await site();
      const stream = await rig.stream({ target: STREAM });
      expect([stream.status, stream.headers['content-type'], stream.headers['mime-version']]).toEqual([
        200,
        'multipart/mixed; boundary=MIME_boundary',
        '1.0',
      ]);
      expect(stream.headers).not.toHaveProperty('content-length');
      rig.device.showFace('1000');
      rig.device.showFace(null);
      const text = await stream.until(/"subEventType": 76/);
      expect(text).toMatch(
        /^--MIME_boundary\r\nContent-Type: application\/json; charset="UTF-8"\r\nContent-Length: \d+\r\n\r\n\{\n {2}"/,
      );
      expect(text.match(/Content-Type: [a-z/]+/g)).toEqual([
        'Content-Type: application/json',
        'Content-Type: image/jpeg',
        'Content-Type: application/json',
      ]);
      expect(text).toMatch(/"employeeNoString": "1000"[^]*"currentEvent": true/);
      expect(text).not.toMatch(/Content-Disposition|MIME_boundary--/);
      stream.close();
    });

    it.each([
      ['generic', [0, 1, 2], 'videoloss'],
      ['ds-k1t673dx', [0, 1, 2], 'videoloss'],
      ['ds-k1a340', [1, 2, 3], 'videoloss'],
    ] as const)('beats every ten seconds on %s: %j', async (profile, counts, type) => {
      const rig = await site({ profile });
      const stream = await rig.stream({ target: STREAM });
      const beats = () => stream.all().match(new RegExp(`"eventType": "${type}"`, 'g'))?.length ?? 0;
      for (const count of counts) {
        if (count > 0) await stream.until(new RegExp(`(eventType": "${type}[^]*){${count}}`));
        expect(beats()).toBe(count);
        await rig.clock.whenSleeping(1);
        await rig.clock.advance(10_000);
      }
      stream.close();
    });

    it('replays its history on the models that do, marked as such', async () => {
      const rig = await site({ profile: 'ds-k1a340' });
      rig.device.showFace(null);
      const stream = await rig.stream({ target: STREAM });
      await stream.until(/"serialNo": 1,[^]*"currentEvent": false/);
      rig.device.showFace(null);
      await stream.until(/"serialNo": 2,[^]*"currentEvent": true/);
      stream.close();
      const other = await site();
      other.device.showFace(null);
      const fresh = await other.stream({ target: STREAM });
      other.device.showFace(null);
      expect(await fresh.until(/"serialNo": 2,/)).not.toContain('"serialNo": 1,');
      fresh.close();
    });

    it.each([
      ['deployExceedMax', 400, 'deployExceedMax'],
      ['invalidOperation', 403, 'invalidOperation'],
    ] as const)('one too many: %s', async (overMaxStreams, status, code) => {
      const rig = await site({ traits: { overMaxStreams } });
      const stream = await rig.stream({ target: STREAM });
      const refused = await rig.stream({ target: STREAM });
      await refused.ended;
      expect([refused.status, textOf(refused.all(), 'subStatusCode')]).toEqual([status, code]);
      expect((await rig.call({ target: '/ISAPI/Security/userCheck' })).status).toBe(200);
      const over = rig.device.waitForRequest({ outcome: 'stream' });
      stream.close();
      await over;
      const next = await rig.stream({ target: STREAM });
      expect(next.status).toBe(200);
      next.close();
    });

    it('one too many is hung up on, where the model does that', async () => {
      const rig = await site({ traits: { overMaxStreams: 'hang-up' } });
      const stream = await rig.stream({ target: STREAM });
      await expect(rig.stream({ target: STREAM })).rejects.toThrow();
      stream.close();
    });

    it('may be open as often as the model says', async () => {
      const rig = await site({ traits: { maxStreams: 2 } });
      const both = [await rig.stream({ target: STREAM }), await rig.stream({ target: STREAM })];
      rig.device.showFace(null);
      for (const stream of both) {
        await stream.until(/"subEventType": 76/);
        stream.close();
      }
    });

    it('is 404 where the firmware has none', async () => {
      const rig = await site({ profile: 'ds-k1t341am' });
      expect((await rig.call({ target: STREAM })).status).toBe(404);
    });

    it('ends with the power', async () => {
      const rig = await site();
      const stream = await rig.stream({ target: STREAM });
      await rig.device.powerOff();
      await stream.ended;
    });

    it('comes by subscription too', async () => {
      const rig = await site();
      const target = '/ISAPI/Event/notification/subscribeEvent';
      const body = '<SubscribeEvent><heartbeat>30</heartbeat><eventMode>all</eventMode></SubscribeEvent>';
      const stream = await rig.stream({ method: 'POST', target, body, contentType: 'application/xml' });
      rig.device.showFace(null);
      await stream.until(/"subEventType": 76/);
      stream.close();
    });
  });
}
