import { describe, expect, it } from 'vitest';
import { showFace } from '../../terminal/access.ts';
import type { AccessEvent } from '../../terminal/event-record.ts';
import { openStream } from '../testing/open-stream.ts';
import { HOST, startPusher } from '../testing/pushes.ts';
import { RECORD, userInfo } from '../testing/requests.ts';
import { sampleJson, sampleText, unorderedShapeOf } from '../testing/samples.ts';
import { testTerminal, type TestTerminal } from '../testing/test-terminal.ts';
import { alertStreamEndpoints } from './alert-stream.ts';

/** The document of the push that `happen` brings about. */
async function pushOf(t: TestTerminal, happen: () => AccessEvent): Promise<unknown> {
  t.terminal.hosts.set(HOST);
  const { pushes, pushed, defects } = startPusher(t, 'https://192.0.2.10:443');
  happen();
  await pushed(1);
  expect(defects).toEqual([]);
  return documentsIn(pushes[0]?.body.toString('latin1') ?? '')[0];
}

/** The JSON documents of a multipart text, whatever its line ends. */
function documentsIn(text: string): Record<string, unknown>[] {
  return text
    .split('--MIME_boundary')
    .map((part) => /^\{\r?\n[^]*^\}/m.exec(part)?.[0])
    .filter((document) => document !== undefined)
    .map((document) => JSON.parse(document) as Record<string, unknown>);
}

describe('what a device sent by itself has the same keys here, no more and no fewer', () => {
  it('push-event-face-k1t673dx.json', async () => {
    const t = testTerminal({ profile: 'ds-k1t673dx' });
    await t.call('POST', RECORD, userInfo('1005', { name: 'Person Five' }));
    t.terminal.faces.set('1005', { sha256: null, sizeBytes: 0, origin: 'seeded' });
    const document = await pushOf(t, () => showFace(t.terminal, '1005'));
    expect(unorderedShapeOf(document)).toEqual(unorderedShapeOf(sampleJson('push-event-face-k1t673dx.json')));
    expect(document).toMatchObject({
      protocol: 'HTTPS',
      portNo: 443,
      ipv6Address: expect.stringMatching(/^fe80::/),
    });
  });

  it('push-event-log-no-picture.txt', async () => {
    const t = testTerminal({ profile: 'ds-k1t341cmf' });
    const document = await pushOf(t, () => t.terminal.events.append({ major: 2, minor: 1024 }));
    const [sample] = documentsIn(sampleText('push-event-log-no-picture.txt'));
    expect(unorderedShapeOf(document)).toEqual(unorderedShapeOf(sample));
    const { AccessControllerEvent } = document as { AccessControllerEvent: object };
    expect(AccessControllerEvent).toMatchObject({ currentVerifyMode: 'invalid', mask: 'unknown', label: '' });
  });

  it('alertstream-k1a340.txt', async () => {
    const t = testTerminal({ profile: 'ds-k1a340' });
    t.terminal.events.append({ major: 2, minor: 1024 });
    const [stream] = alertStreamEndpoints;
    const client = await openStream(t, stream!);
    await t.clock.advance(10_000);
    const byType = (documents: Record<string, unknown>[], eventType: string) =>
      unorderedShapeOf(documents.find((document) => document.eventType === eventType));
    const sample = documentsIn(sampleText('alertstream-k1a340.txt'));
    for (const eventType of ['videoloss', 'AccessControllerEvent'])
      expect(byType(client.documents(), eventType)).toEqual(byType(sample, eventType));
    client.close();
  });
});
