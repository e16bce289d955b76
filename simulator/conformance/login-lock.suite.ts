import { describe, expect, it } from 'vitest';
import { readChallenges, signRequest } from './digest-client.ts';
import type { Rig, Way } from './rig.ts';

const TARGET = '/ISAPI/AccessControl/UserInfo/Count?format=json';

const right = (rig: Rig) => ({ username: rig.device.username, password: rig.device.password });
function triesLeft(text: string): string | undefined {
  return /<retryLoginTime>(\d+)</.exec(text)?.[1];
}

/** Rows of the lock that follows bad logins. */
export function loginLockSuite(way: Way): void {
  describe('lock', () => {
    const wrong = (rig: Rig) => rig.call({ target: TARGET }, { ...right(rig), password: 'wrong' });

    async function lockOut(rig: Rig, tries = 5) {
      for (let count = 1; count < tries; count += 1) {
        const answer = await wrong(rig);
        expect(answer.text).toContain(`<retryLoginTime>${tries - count}</retryLoginTime>`);
      }
      return wrong(rig);
    }

    it('closes after five bad logins, for the right password too, and counts down', async () => {
      const rig = await way.rig({ traits: { tryingWhileLocked: 'goes-on' } });
      const fifth = await lockOut(rig);
      expect(fifth.text).toContain('<lockStatus>lock</lockStatus>');
      expect(fifth.text).toContain('<unlockTime>1800</unlockTime>');
      await rig.clock.advance(600_000);
      const answer = await rig.call({ target: TARGET });
      expect(answer.status).toBe(401);
      expect(answer.text).toContain('<unlockTime>1200</unlockTime>');
      expect(rig.device.requests({ auth: 'locked' })).toHaveLength(1);
      await rig.clock.advance(1_200_000);
      expect((await rig.call({ target: TARGET })).status).toBe(200);
    });

    it('is not made longer by the unsigned half of a handshake', async () => {
      const rig = await way.rig({ traits: { tryingWhileLocked: 'restarts-countdown' } });
      await lockOut(rig);
      await rig.clock.advance(600_000);
      expect((await rig.send({ target: TARGET })).text).toContain('<unlockTime>1200</unlockTime>');
    });

    it('is shown in the form of the model', async () => {
      const short = await lockOut(
        await way.rig({ traits: { unauthorizedBody: 'short-when-locked', lockAfter: 1 } }),
        1,
      );
      expect(short.text).toContain('<lockStatus>lock</lockStatus>');
      expect(short.text).not.toMatch(/statusString|retryLoginTime/);
      const bare = await lockOut(await way.rig({ traits: { unauthorizedBody: 'bare', lockAfter: 1 } }), 1);
      expect(bare.text).toMatch(/<userCheck>\n<statusValue>401<[^]*Unauthorized/);
      expect(bare.text).not.toContain('lock');
      const html = await lockOut(await way.rig({ traits: { unauthorizedBody: 'html', lockAfter: 1 } }), 1);
      expect(html.headers['content-type']).toBe('text/html');
      expect(html.text).toContain('Access Error: 401');
      const json = await lockOut(await way.rig({ traits: { unauthorizedBody: 'json', lockAfter: 1 } }), 1);
      expect(json.json()).toMatchObject({ lockStatus: 'lock', unlockTime: 1800, retryLoginTime: 0 });
    });

    it('starts again for who tries meanwhile, where the model does that', async () => {
      const rig = await way.rig({ traits: { tryingWhileLocked: 'restarts-countdown' } });
      await lockOut(rig);
      await rig.clock.advance(600_000);
      const answer = await rig.call({ target: TARGET });
      expect(answer.text).toContain('<unlockTime>1800</unlockTime>');
    });

    it('is gone after a reboot', async () => {
      const rig = await way.rig({ traits: { rebootMs: 30_000 } });
      await lockOut(rig);
      await rig.device.reboot();
      expect(rig.device.power).toBe('rebooting');
      await rig.clock.advance(30_000);
      await rig.device.powerOn();
      expect((await rig.call({ target: TARGET })).status).toBe(200);
    });

    it.each([
      [true, '4'],
      [false, '2'],
    ])('counter after a good login, reset %s', async (successResetsCounter, left) => {
      const rig = await way.rig({ traits: { successResetsCounter } });
      await wrong(rig);
      await wrong(rig);
      expect((await rig.call({ target: TARGET })).status).toBe(200);
      expect(triesLeft((await wrong(rig)).text)).toBe(left);
    });

    it('counts an old nonce down to the lock on DS-K1T804AMF, good logins in between or not', async () => {
      const rig = await way.rig({ profile: 'ds-k1t804amf' });
      const first = await rig.send({ target: TARGET });
      const [challenge] = readChallenges(first.headers['www-authenticate']);
      if (!challenge) throw new Error('no challenge');
      const authorization = signRequest({ method: 'GET', target: TARGET }, challenge, right(rig));
      const old = () => rig.send({ target: TARGET, headers: { authorization } });
      expect((await old()).status).toBe(200);
      await rig.clock.advance(10_000);
      const left = [];
      for (let count = 0; count < 5; count += 1) {
        left.push(triesLeft((await old()).text));
        if (count < 4) expect((await rig.call({ target: TARGET })).status).toBe(200);
      }
      expect(left).toEqual(['4', '3', '2', '1', '0']);
      expect((await rig.call({ target: TARGET })).status).toBe(401);
    });

    it('per address holds for every user', async () => {
      const guest = { username: 'guest', password: 'Oaspete-1', privilege: 'user' as const };
      const rig = await way.rig({ traits: { lockPer: 'address' }, users: [guest] });
      await lockOut(rig);
      expect((await rig.call({ target: TARGET }, guest)).status).toBe(401);
    });

    it('per user leaves the others alone', async () => {
      const guest = { username: 'guest', password: 'Oaspete-1', privilege: 'user' as const };
      const rig = await way.rig({ traits: { lockPer: 'user' }, users: [guest] });
      await lockOut(rig);
      expect((await rig.call({ target: TARGET })).status).toBe(401);
      expect((await rig.call({ target: TARGET }, guest)).status).toBe(200);
    });
  });
}
