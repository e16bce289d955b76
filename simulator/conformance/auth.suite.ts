import { describe, expect, it } from 'vitest';
import { readChallenges, signRequest } from './digest-client.ts';
import type { Rig, Way } from './rig.ts';

const TARGET = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const REQUEST = { method: 'GET', target: TARGET };

async function challengeOf(rig: Rig, target = TARGET) {
  const answer = await rig.send({ target });
  const [challenge] = readChallenges(answer.headers['www-authenticate']);
  if (!challenge) throw new Error(`No challenge in ${JSON.stringify(answer.headers)}`);
  return challenge;
}

const right = (rig: Rig) => ({ username: rig.device.username, password: rig.device.password });

async function signed(rig: Rig, authorization: string) {
  return rig.send({ target: TARGET, headers: { authorization } });
}

function triesLeft(text: string): string | undefined {
  return /<retryLoginTime>(\d+)</.exec(text)?.[1];
}

/** Rows of the door: challenge, nonce policies, refusals. */
export function authSuite(way: Way): void {
  describe('challenge', () => {
    it('is the text of an access terminal', async () => {
      const rig = await way.rig();
      const answer = await rig.send({ target: TARGET });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(
        /^Digest qop="auth", realm="DS-[0-9a-f]{8}", nonce="[A-Za-z0-9+/]{43}=", stale="false", opaque="", domain="::"$/,
      );
      expect(answer.text).toContain('<userCheck version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">');
      expect(answer.text).toContain('<lockStatus>unlock</lockStatus>');
    });

    it.each([
      [
        'camera',
        /^Digest qop="auth", realm="IP Camera\([0-9A-F]{5}\)", nonce="[0-9a-f]{40,64}", stale="FALSE"$/,
      ],
      [
        'recorder',
        /^Digest realm="([0-9a-f]{24})", domain="\/", qop="auth", nonce="[0-9a-f]{16}:\1:[0-9a-f]+:0", opaque="799d5", algorithm="MD5", stale="FALSE"$/,
      ],
    ] as const)('in the style of a %s has brackets, colons and capitals, and works', async (style, text) => {
      const rig = await way.rig({ traits: { challengeStyle: style } });
      const answer = await rig.send({ target: TARGET });
      expect(answer.headers['www-authenticate']).toMatch(text);
      expect((await rig.call({ target: TARGET })).status).toBe(200);
    });

    it('holds both algorithms in one line, and each works with its own nonce only', async () => {
      const rig = await way.rig({ traits: { digestAlgorithms: 'MD5/SHA256' } });
      const answer = await rig.send({ target: TARGET });
      const challenges = readChallenges(answer.headers['www-authenticate']);
      expect(challenges.map(({ algorithm }) => algorithm)).toEqual(['MD5', 'SHA-256']);
      for (const challenge of challenges)
        expect((await signed(rig, signRequest(REQUEST, challenge, right(rig)))).status).toBe(200);
      const mixed = { ...(await challengeOf(rig)), algorithm: 'SHA-256' as const };
      expect((await signed(rig, signRequest(REQUEST, mixed, right(rig)))).status).toBe(401);
    });

    it('with SHA-256 alone refuses MD5', async () => {
      const rig = await way.rig({ traits: { digestAlgorithms: 'SHA256' } });
      const challenge = await challengeOf(rig);
      expect(challenge.algorithm).toBe('SHA-256');
      const md5 = { ...challenge, algorithm: 'MD5' as const };
      expect((await signed(rig, signRequest(REQUEST, md5, right(rig)))).status).toBe(401);
      expect((await rig.call({ target: TARGET })).status).toBe(200);
    });

    it('is what Basic gets too', async () => {
      const rig = await way.rig();
      const authorization = `Basic ${Buffer.from('admin:Parola-123').toString('base64')}`;
      const answer = await signed(rig, authorization);
      expect(answer.status).toBe(401);
      expect(readChallenges(answer.headers['www-authenticate'])).toHaveLength(1);
      expect(triesLeft(answer.text)).toBe('5');
    });
  });

  describe('credentials', () => {
    it('are checked before the body', async () => {
      const rig = await way.rig();
      const target = '/ISAPI/AccessControl/UserInfo/Record?format=json';
      const answer = await rig.send({ method: 'POST', target, body: '{ no JSON' });
      expect(answer.status).toBe(401);
    });

    it.each([
      ['a wrong password', { password: 'wrong' }],
      ['an unknown user', { username: 'nobody' }],
    ])('%s costs a try', async (_, wrong) => {
      const rig = await way.rig();
      const answer = await rig.call({ target: TARGET }, { ...right(rig), ...wrong });
      expect(answer.status).toBe(401);
      expect(triesLeft(answer.text)).toBe('4');
    });

    it('signed without the query are refused', async () => {
      const rig = await way.rig();
      const challenge = await challengeOf(rig);
      const uri = '/ISAPI/AccessControl/UserInfo/Count';
      const answer = await signed(rig, signRequest(REQUEST, challenge, right(rig), { uri }));
      expect(answer.status).toBe(401);
      expect(rig.device.requests({ auth: 'wrong-uri' })).toHaveLength(1);
    });

    it.each([
      ['no digest at all', 'Digest'],
      ['an unfinished quote', 'Digest username="admin'],
      ['another scheme', 'Negotiate abc'],
      ['the word alone', 'Digestusername="admin"'],
    ])('that are %s get a challenge and cost nothing', async (_, authorization) => {
      const rig = await way.rig();
      const answer = await signed(rig, authorization);
      expect(answer.status).toBe(401);
      expect(triesLeft(answer.text)).toBe('5');
      expect(rig.device.requests({ auth: 'bad-header' })).toHaveLength(1);
    });

    it('with a nonce of the client’s own are refused', async () => {
      const rig = await way.rig();
      const challenge = await challengeOf(rig);
      const own = { ...challenge, nonce: 'bXkgb3duIG5vbmNl' };
      expect((await signed(rig, signRequest(REQUEST, own, right(rig)))).status).toBe(401);
      expect(rig.device.requests({ auth: 'unknown-nonce' })).toHaveLength(1);
    });

    it('with a realm of the client’s own are refused', async () => {
      const rig = await way.rig();
      const challenge = await challengeOf(rig);
      const own = { ...challenge, realm: 'DS-K1T671M' };
      expect((await signed(rig, signRequest(REQUEST, own, right(rig)))).status).toBe(401);
    });

    it.each([
      ['opaque was not echoed', (header: string) => header.replace(', opaque=""', '')],
      [
        'qop is quoted, as python-requests does',
        (header: string) => header.replace('qop=auth', 'qop="auth"'),
      ],
      ['algorithm is written though the challenge has none', (header: string) => `${header}, algorithm=MD5`],
      ['algorithm is quoted', (header: string) => `${header}, algorithm="MD5"`],
      ['parameters are unknown', (header: string) => `${header}, charset="UTF-8"`],
      ['the scheme is in lower case', (header: string) => header.replace('Digest', 'digest')],
    ])('pass where %s', async (_, change) => {
      const rig = await way.rig();
      const header = signRequest(REQUEST, await challengeOf(rig), right(rig));
      expect(change(header)).not.toBe(header);
      expect((await signed(rig, change(header))).status).toBe(200);
    });

    it.each([
      ['address', true, '4'],
      ['user', true, '4'],
      ['address', false, '5'],
    ] as const)('Basic, locks per %s, counted %s', async (lockPer, basicCounts, left) => {
      const rig = await way.rig({ traits: { lockPer, basicCounts } });
      const authorization = `Basic ${Buffer.from('admin:Parola-123').toString('base64')}`;
      expect(triesLeft((await signed(rig, authorization)).text)).toBe(left);
      expect(rig.device.requests({ auth: 'basic' })).toMatchObject([{ userName: 'admin' }]);
    });

    it('signed for another uri count as a bad login only where the model says so', async () => {
      for (const [wrongUriCounts, left] of [
        [true, '4'],
        [false, '5'],
      ] as const) {
        const rig = await way.rig({ traits: { wrongUriCounts } });
        const header = signRequest(REQUEST, await challengeOf(rig), right(rig), { uri: '/' });
        expect(triesLeft((await signed(rig, header)).text)).toBe(left);
      }
    });

    it('without qop pass only where the model lets them', async () => {
      for (const [qopRequired, status] of [
        [true, 401],
        [false, 200],
      ] as const) {
        const rig = await way.rig({ traits: { qopRequired } });
        const header = signRequest(REQUEST, await challengeOf(rig), right(rig), { qop: null });
        expect((await signed(rig, header)).status).toBe(status);
      }
    });
  });

  describe('nonce', () => {
    it('lives as long as the model says', async () => {
      const rig = await way.rig({ traits: { nonceLifeMs: 3000, nonceUse: 'many' } });
      const header = signRequest(REQUEST, await challengeOf(rig), right(rig));
      await rig.clock.advance(3000);
      expect((await signed(rig, header)).status).toBe(200);
      await rig.clock.advance(1);
      expect((await signed(rig, header)).status).toBe(401);
      expect(rig.device.requests({ auth: 'expired' })).toHaveLength(1);
    });

    it('is stale once the clock of the terminal was set', async () => {
      const rig = await way.rig({ traits: { nonceLifeMs: 60_000, nonceUse: 'many' } });
      const header = signRequest(REQUEST, await challengeOf(rig), right(rig));
      expect((await signed(rig, header)).status).toBe(200);
      const set = await rig.call({
        method: 'PUT',
        target: '/ISAPI/System/time',
        body: '<Time><timeMode>manual</timeMode><localTime>2026-04-26T12:00:00</localTime></Time>',
        contentType: 'application/xml',
      });
      expect(set.status).toBe(200);
      expect((await signed(rig, header)).status).toBe(401);
      expect(rig.device.requests({ auth: 'unknown-nonce' })).toHaveLength(1);
    });

    it.each([
      ['stale-true', { stale: true, challenges: 1, tries: '5' }],
      ['new-nonce-without-stale', { stale: false, challenges: 1, tries: '5' }],
      ['counts-as-failure', { stale: false, challenges: 1, tries: '4' }],
      ['no-challenge', { stale: undefined, challenges: 0, tries: '5', header: undefined }],
      ['empty-challenge', { stale: undefined, challenges: 0, tries: '5', header: '' }],
    ] as const)('used a second time: %s', async (nonceRefusal, expected) => {
      const rig = await way.rig({ traits: { nonceUse: 'once', nonceRefusal } });
      const challenge = await challengeOf(rig);
      expect((await signed(rig, signRequest(REQUEST, challenge, right(rig)))).status).toBe(200);
      const again = await signed(rig, signRequest(REQUEST, challenge, right(rig), { nc: '00000002' }));
      expect(again.status).toBe(401);
      const challenges = readChallenges(again.headers['www-authenticate']);
      expect(challenges).toHaveLength(expected.challenges);
      expect(challenges[0]?.stale).toBe(expected.stale);
      if ('header' in expected) expect(again.headers['www-authenticate']).toBe(expected.header);
      expect(triesLeft(again.text)).toBe(expected.tries);
    });

    it.each([
      ['off', ['00000001', '00000001', '00000009'], [200, 200, 200]],
      ['grow', ['00000001', '00000001', '00000009'], [200, 401, 200]],
      ['exact', ['00000001', '00000003', '00000002'], [200, 401, 200]],
    ] as const)('with nc policy %s', async (ncPolicy, counts, statuses) => {
      const rig = await way.rig({ traits: { ncPolicy, nonceUse: 'many' } });
      const challenge = await challengeOf(rig);
      const found: number[] = [];
      for (const nc of counts)
        found.push((await signed(rig, signRequest(REQUEST, challenge, right(rig), { nc }))).status);
      expect(found).toEqual(statuses);
    });

    it('lives a drawn time longer where the model is vague', async () => {
      const rig = await way.rig({ profile: 'ds-k1t804amf' });
      const header = signRequest(REQUEST, await challengeOf(rig), right(rig));
      await rig.clock.advance(3000);
      expect((await signed(rig, header)).status).toBe(200);
      await rig.clock.advance(1001);
      expect(triesLeft((await signed(rig, header)).text)).toBe('4');
    });

    it('tied to its URL is no good for another one', async () => {
      const rig = await way.rig({ traits: { nonceScope: 'url' } });
      const challenge = await challengeOf(rig, '/ISAPI/Security/userCheck');
      expect((await signed(rig, signRequest(REQUEST, challenge, right(rig)))).status).toBe(401);
      expect((await rig.call({ target: TARGET })).status).toBe(200);
    });

    it('of before a reboot is unknown', async () => {
      const rig = await way.rig({ traits: { rebootMs: 1000, nonceLifeMs: 60_000 } });
      const header = signRequest(REQUEST, await challengeOf(rig), right(rig));
      await rig.device.reboot();
      await rig.clock.advance(1000);
      await rig.device.powerOn();
      expect((await signed(rig, header)).status).toBe(401);
      expect(rig.device.requests({ auth: 'unknown-nonce' })).toHaveLength(1);
    });
  });

  describe('rights', () => {
    it('of a user end before writing', async () => {
      const guest = { username: 'guest', password: 'Oaspete-1', privilege: 'user' as const };
      const rig = await way.rig({ users: [guest] });
      const target = '/ISAPI/AccessControl/UserInfo/Record?format=json';
      const answer = await rig.call({ method: 'POST', target, body: { UserInfo: {} } }, guest);
      expect(answer.status).toBe(403);
      expect(answer.json()).toMatchObject({
        statusCode: 4,
        subStatusCode: 'lowPrivilege',
        errorCode: 1073741826,
      });
    });

    it.each([401, 403] as const)('of nobody on a terminal that is not activated: %s', async (status) => {
      const rig = await way.rig({ activated: false, traits: { notActivatedStatus: status } });
      const answer = await rig.call({ target: TARGET });
      expect(answer.status).toBe(status);
      expect(answer.text).toContain(status === 401 ? '<isActivated>false</isActivated>' : 'notActivated');
    });
  });
}
