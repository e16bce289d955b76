import { describe, expect, it } from 'vitest';
import type { Way } from './rig.ts';

const SEARCH = '/ISAPI/AccessControl/UserInfo/Search?format=json';
const textOf = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];

/** Rows of what is not there: unknown paths, wrong verbs, the case of letters, the form of answers. */
export function pathsSuite(way: Way): void {
  describe('a path', () => {
    it.each(['/ISAPI/Streaming/channels/1', '/ISAPI/Intelligent/nothing?format=json', '/doc/page/login.asp'])(
      '%s is not there: 401 to strangers, else 404 with notSupport in XML',
      async (target) => {
        const rig = await way.rig();
        expect((await rig.send({ target })).status).toBe(401);
        const answer = await rig.call({ target });
        expect([answer.status, textOf(answer.text, 'subStatusCode')]).toEqual([404, 'notSupport']);
        expect(answer.headers['content-type']).toBe('application/xml; charset="UTF-8"');
      },
    );

    it('of System/status is 404 on the models that were asked', async () => {
      for (const profile of ['ds-k1a340', 'ds-k1t341am']) {
        const rig = await way.rig({ profile });
        expect((await rig.call({ target: '/ISAPI/System/status' })).status).toBe(404);
      }
      const rig = await way.rig({ traits: { systemStatus: 'yes' } });
      expect((await rig.call({ target: '/ISAPI/System/status' })).text).toContain('<DeviceStatus ');
    });

    it.each([
      ['method-not-allowed', 405, 'methodNotAllowed'],
      ['forbidden', 403, 'methodNotAllowed'],
    ] as const)('with a verb it does not have: %s', async (wrongMethod, status, subStatusCode) => {
      const rig = await way.rig({ traits: { wrongMethod } });
      const answer = await rig.call({ target: SEARCH });
      expect(answer.status).toBe(status);
      expect(answer.json()).toMatchObject({ statusCode: 4, subStatusCode, errorCode: 0x40000004 });
    });

    it('with a verb it does not have is 404 on DS-K1A340', async () => {
      const rig = await way.rig({ profile: 'ds-k1a340' });
      const answer = await rig.call({ target: SEARCH });
      expect([answer.status, textOf(answer.text, 'subStatusCode')]).toEqual([404, 'notSupport']);
    });

    it('in another case leads where it should only on a model that does not mind', async () => {
      const target = '/ISAPI/System/deviceinfo';
      const strict = await way.rig();
      expect((await strict.call({ target })).status).toBe(404);
      expect(strict.device.requests({ auth: 'ok' })[0]?.nearest).toBe('GET /ISAPI/System/deviceInfo');
      const easy = await way.rig({ traits: { pathCase: 'any' } });
      expect((await easy.call({ target })).text).toContain('<DeviceInfo ');
      const door = await easy.call({ target: '/isapi/accesscontrol/Door/Param/1' });
      expect(door.text).toContain('<DoorParam ');
    });
  });

  describe('the form of an answer', () => {
    it('is the namespace and version of the model', async () => {
      const newer = await way.rig();
      expect((await newer.call({ target: '/ISAPI/System/deviceInfo' })).text).toContain(
        '<DeviceInfo version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">',
      );
      const older = await way.rig({ profile: 'ds-k1t341cmf' });
      expect((await older.call({ target: '/ISAPI/System/deviceInfo' })).text).toContain(
        '<DeviceInfo version="1.0" xmlns="http://www.hikvision.com/ver10/XMLSchema">',
      );
    });

    it('of capabilities is XML under a JSON type on DS-K1T673DX-BR', async () => {
      const target = '/ISAPI/AccessControl/capabilities?format=json';
      const rig = await way.rig({ profile: 'ds-k1t673dx' });
      const answer = await rig.call({ target });
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.text).toMatch(/^<\?xml/);
      const other = await (await way.rig()).call({ target });
      expect(other.headers['content-type']).toMatch(/^application\/xml/);
    });

    it('of System/capabilities says that only digest is taken', async () => {
      const rig = await way.rig();
      const { text } = await rig.call({ target: '/ISAPI/System/capabilities' });
      expect(text).toContain('<CertificateType opt="digest">');
      expect(text).toContain('<issupIllegalLoginLock>true<');
    });

    it.each(['SNAPConfig', 'DeployInfo', 'IdentityTerminal'])('of %s is 200 and empty', async (name) => {
      const rig = await way.rig({ profile: 'ds-k1a340' });
      const answer = await rig.call({ target: `/ISAPI/AccessControl/${name}` });
      expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, '', undefined]);
    });
  });
}
