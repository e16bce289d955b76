import { describe, expect, it } from 'vitest';
import type { Rig, RigOptions, Way } from './rig.ts';

const STREAM = '/ISAPI/Event/notification/alertStream';
const HOSTS = '/ISAPI/Event/notification/httpHosts';
const PERSON = { employeeNo: '1000', name: 'Popescu Ion', face: true };

/** The fields of a slot that the captures of clients have; `more` comes last. */
function slot(id: number, more = '', address = '<ipAddress>192.0.2.20</ipAddress>'): string {
  const type = address.includes('hostName') ? 'hostname' : 'ipaddress';
  return (
    `<HttpHostNotification><id>${id}</id><url>/webhook</url><protocolType>HTTP</protocolType>` +
    `<parameterFormatType>JSON</parameterFormatType><addressingFormatType>${type}</addressingFormatType>` +
    `${address}<portNo>8080</portNo>${more}</HttpHostNotification>`
  );
}

const listOf = (...slots: string[]) =>
  `<HttpHostNotificationList>${slots.join('')}</HttpHostNotificationList>`;
const put = (rig: Rig, target: string, body: string) =>
  rig.call({ method: 'PUT', target, body, contentType: 'application/xml' });
const textOf = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];
const subscribed = (lists: string) =>
  `<SubscribeEvent><heartbeat>30</heartbeat><eventMode>list</eventMode><EventList><Event>` +
  `<type>AccessControllerEvent</type>${lists}</Event></EventList></SubscribeEvent>`;
const ALL_LISTS =
  '<minorAlarm>0x400</minorAlarm><minorException>0x27</minorException>' +
  '<minorOperation>0x400</minorOperation><minorEvent>0x4b</minorEvent>';
const EVERYTHING = '<SubscribeEvent><heartbeat>0</heartbeat><eventMode>all</eventMode></SubscribeEvent>';

/** Rows of pushes to httpHosts, and of the verification from far away. */
export function httpHostsSuite(way: Way): void {
  const site = (options: RigOptions = {}) => way.rig({ persons: [PERSON], ...options });

  describe('httpHosts', () => {
    it('are empty out of the box, as captured', async () => {
      const rig = await site();
      const { text } = await rig.call({ target: HOSTS });
      expect(text.match(/<HttpHostNotification>/g)).toHaveLength(1);
      expect([textOf(text, 'ipAddress'), textOf(text, 'portNo'), textOf(text, 'url')]).toEqual([
        '0.0.0.0',
        '0',
        '',
      ]);
    });

    it('that were set are given back, and pushed to with the picture', async () => {
      const rig = await site({ profile: 'ds-k1t673dx' });
      expect(textOf((await put(rig, HOSTS, listOf(slot(1)))).text, 'statusCode')).toBe('1');
      const { text } = await rig.call({ target: HOSTS });
      expect([textOf(text, 'ipAddress'), textOf(text, 'url'), textOf(text, 'parameterFormatType')]).toEqual([
        '192.0.2.20',
        '/webhook',
        'JSON',
      ]);
      rig.device.showFace('1000');
      await rig.pushed(1);
      const [push] = rig.pushes;
      expect([push?.url, push?.contentType]).toEqual([
        'http://192.0.2.20:8080/webhook',
        'multipart/form-data; boundary=MIME_boundary',
      ]);
      const body = push?.body.toString('latin1') ?? '';
      expect(body).toMatch(
        /^--MIME_boundary\r\nContent-Disposition: form-data; name="event_log"\r\nContent-Type: application\/json/,
      );
      expect(body).toMatch(
        /name="Picture"; filename="Picture.jpg"\r\nContent-Type: image\/jpeg\r\n[^]*--MIME_boundary--\r\n$/,
      );
    });

    it('get the event under the name and with the type the model uses', async () => {
      const plain = await site();
      await put(plain, `${HOSTS}/1`, slot(1));
      plain.device.showFace(null);
      await plain.pushed(1);
      expect(plain.pushes[0]?.body.toString()).toMatch(/^--MIME_boundary\r\n.*"event_log"\r\n\r\n\{\n/);
      const guide = await site({ traits: { pushPartName: 'AccessControllerEvent' } });
      await put(guide, `${HOSTS}/1`, slot(1).replace('JSON', 'XML'));
      guide.device.showFace(null);
      await guide.pushed(1);
      expect(guide.pushes[0]?.body.toString()).toMatch(
        /name="AccessControllerEvent"\r\n\r\n<\?xml[^]*<majorEventType>5</,
      );
    });

    it('refuse a longer url, a missing field, a slot there is not', async () => {
      const rig = await site();
      const code = async (target: string, body: string) =>
        textOf((await put(rig, target, body)).text, 'subStatusCode');
      expect(await code(`${HOSTS}/1`, slot(1).replace('/webhook', `/${'w'.repeat(128)}`))).toBe(
        'badXmlContent',
      );
      expect(await code(`${HOSTS}/1`, slot(1).replace('/webhook', `/${'w'.repeat(127)}`))).toBe('ok');
      expect(await code(`${HOSTS}/1`, slot(1).replace('<portNo>8080</portNo>', ''))).toBe(
        'MessageParametersLack',
      );
      expect(await code(`${HOSTS}/2`, slot(2))).toBe('invalidID');
    });

    it('of DS-K1T341CMFW: the whole list loses the address, one slot keeps it', async () => {
      const rig = await site({ profile: 'ds-k1t341cmf' });
      const written = await put(rig, HOSTS, listOf(slot(1)));
      expect(textOf(written.text, 'statusCode')).toBe('1');
      expect(textOf((await rig.call({ target: HOSTS })).text, 'ipAddress')).toBe('0.0.0.0');
      await put(rig, `${HOSTS}/1`, slot(1));
      expect(textOf((await rig.call({ target: `${HOSTS}/1` })).text, 'ipAddress')).toBe('192.0.2.20');
    });

    it('of DS-K1T341CMFW: with mode all only status events arrive, with a list what it names', async () => {
      const rig = await site({ profile: 'ds-k1t341cmf' });
      await put(rig, `${HOSTS}/1`, slot(1, EVERYTHING));
      rig.device.showFace('1000');
      const door = '/ISAPI/AccessControl/RemoteControl/door/1';
      await put(rig, door, '<RemoteControlDoor><cmd>open</cmd></RemoteControlDoor>');
      await rig.pushed(1);
      expect(rig.pushes.map(({ body }) => /"majorEventType": (\d)/.exec(body.toString())?.[1])).toEqual([
        '3',
      ]);
      const lacks = await put(rig, `${HOSTS}/1`, slot(1, subscribed('<minorEvent>0x4b</minorEvent>')));
      expect(textOf(lacks.text, 'subStatusCode')).toBe('MessageParametersLack');
      expect(textOf((await put(rig, `${HOSTS}/1`, slot(1, subscribed(ALL_LISTS)))).text, 'statusCode')).toBe(
        '1',
      );
      rig.device.showFace(null);
      rig.device.showFace('1000');
      await rig.pushed(2);
      expect(rig.pushes[1]?.body.toString('latin1')).toContain('"subEventType": 75');
      expect(rig.pushes).toHaveLength(2);
    });

    it('of DS-K1A340: accepted, the url not kept, a host name refused, never a push', async () => {
      const rig = await site({ profile: 'ds-k1a340' });
      expect(textOf((await put(rig, HOSTS, listOf(slot(1)))).text, 'statusCode')).toBe('1');
      const { text } = await rig.call({ target: HOSTS });
      expect([textOf(text, 'url'), textOf(text, 'ipAddress')]).toEqual(['', '192.0.2.20']);
      const named = await put(rig, `${HOSTS}/1`, slot(1, '', '<hostName>photos.example.org</hostName>'));
      expect([textOf(named.text, 'subStatusCode'), textOf(named.text, 'errorMsg')]).toEqual([
        'badXmlContent',
        'ipAddress',
      ]);
      const capabilities = await rig.call({ target: `${HOSTS}/capabilities` });
      expect(textOf(capabilities.text, 'subStatusCode')).toBe('notSupport');
      rig.device.showFace('1000');
      await rig.call({ target: '/ISAPI/Security/userCheck' });
      expect(rig.pushes).toEqual([]);
    });

    it('that ask for an answer are pushed to again until they give 200', async () => {
      const rig = await site({
        listenerAnswers: [
          { ok: true, status: 500 },
          { ok: false, why: 'ECONNREFUSED' },
        ],
      });
      await put(rig, `${HOSTS}/1`, slot(1, '<checkResponseEnabled>true</checkResponseEnabled>'));
      rig.device.showFace('1000');
      for (const tries of [1, 2]) {
        await rig.pushed(tries);
        await rig.clock.whenSleeping(1);
        await rig.clock.advance(10_000);
      }
      await rig.pushed(3);
      const serials = rig.pushes.map(({ body }) => /"serialNo": (\d+)/.exec(body.toString('latin1'))?.[1]);
      expect(serials).toEqual(['1', '1', '1']);
    });

    it('are forgotten one by one', async () => {
      const rig = await site();
      await put(rig, `${HOSTS}/1`, slot(1));
      expect((await rig.call({ method: 'DELETE', target: `${HOSTS}/1` })).status).toBe(200);
      rig.device.showFace('1000');
      await rig.call({ target: '/ISAPI/Security/userCheck' });
      expect(rig.pushes).toEqual([]);
    });
  });

  describe('remote verification', () => {
    const check = (rig: Rig, serialNo: number, checkResult: string) =>
      rig.call({
        method: 'PUT',
        target: '/ISAPI/AccessControl/remoteCheck?format=json',
        body: { RemoteCheck: { serialNo, checkResult, info: '' } },
      });
    const doorIsOpen = async (rig: Rig) => {
      const answer = await rig.call({ target: '/ISAPI/AccessControl/AcsWorkStatus?format=json' });
      return (answer.json() as { AcsWorkStatus: { doorLockStatus: number[] } }).AcsWorkStatus
        .doorLockStatus[0];
    };

    it('keeps the door shut until somebody far away says success', async () => {
      const rig = await site();
      await rig.call({
        method: 'PUT',
        target: '/ISAPI/AccessControl/AcsCfg?format=json',
        body: { AcsCfg: { remoteCheckDoorEnabled: true } },
      });
      const stream = await rig.stream({ target: STREAM });
      rig.device.showFace('1000');
      await stream.until(/"remoteCheck": true/);
      stream.close();
      expect(await doorIsOpen(rig)).toBe(0);
      expect((await check(rig, 1, 'maybe')).json()).toMatchObject({ errorMsg: 'checkResult' });
      expect((await check(rig, 1, 'success')).status).toBe(200);
      expect(await doorIsOpen(rig)).toBe(1);
      expect((await check(rig, 1, 'success')).json()).toMatchObject({ errorMsg: 'serialNo' });
      rig.device.showFace('1000');
      await rig.clock.advance(6000);
      expect((await check(rig, 2, 'failed')).status).toBe(200);
      expect(await doorIsOpen(rig)).toBe(0);
    });
  });
}
