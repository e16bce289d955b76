import { describe, expect, test } from 'vitest';
import type { AnswerClass } from '../isapi/answer.ts';
import { blankMemory, type DeviceMemory } from '../model/device.ts';
import { MAX_LOOKS } from './login-plan.ts';
import { createLogins } from './logins.ts';
import { keptBack } from './testing/model-door.ts';
import { done, said } from './testing/verdicts.ts';

const MINE = 'mine';

function setUp(known: Partial<DeviceMemory> = {}, abandoned = false) {
  const memory: DeviceMemory = { ...blankMemory, ...known };
  const durable: Partial<DeviceMemory>[] = [];
  const logins = createLogins({
    fingerprint: MINE,
    memory,
    abandoned,
    remember: (patch) => {
      durable.push(patch);
      Object.assign(memory, patch);
      return Promise.resolve();
    },
    note: (patch) => {
      Object.assign(memory, patch);
    },
  });
  /** Looks are made again, as the wire does it; each of `told` is what one challenge says, the last one also those after it. */
  const calls = async (told: readonly (number | null)[], answer = done(null)) => {
    for (let looks = 0; ; looks += 1) {
      const decision = logins.decide(told[Math.min(looks, told.length - 1)] ?? null);
      if (decision === 'log-in') await logins.heard(answer);
      if (decision !== 'look-again') return { decision, looks };
      expect(await logins.heard(keptBack(decision))).toBe('look-again');
    }
  };
  const call = async (told: number | null, answer = done(null)) => (await calls([told], answer)).decision;
  return { memory, durable, logins, call, calls };
}

const proven = { provenCredentials: MINE, loginTriesLeft: 5 };
const lost = said('network', { delivery: 'unknown' });

test('new credentials are announced before their first login, and proven by its success: two writes, and none after', async () => {
  const { logins, memory, durable, call } = setUp();
  expect(logins.untried).toBe(true);
  await logins.announce(5);
  expect(durable).toEqual([{ unsettledCredentials: MINE, loginTriesLeft: 5 }]);
  expect(await call(5)).toBe('log-in');
  expect(memory).toMatchObject({ provenCredentials: MINE, unsettledCredentials: null });
  for (let nth = 0; nth < 3; nth += 1) await call(5);
  expect(durable).toHaveLength(2);
  expect(logins.untried).toBe(false);
});

test('proven credentials under a lease that was given back cost no write and no question', async () => {
  const { logins, durable, call } = setUp(proven);
  expect(logins.untried).toBe(false);
  // Somebody mistyped in a browser behind the same address: no business of ours.
  expect(await call(4)).toBe('log-in');
  expect(durable).toEqual([]);
});

test.each([
  ['an abandoned lease', proven, true],
  ['an answer lost in another session', { ...proven, unsettledCredentials: MINE }, false],
  ['a first login that was cut off', { unsettledCredentials: MINE, loginTriesLeft: 5 }, false],
])('after %s the device says whether it counted a bad login', async (_, known, abandoned) => {
  expect(setUp(known, abandoned).logins.decide(4)).toBe('counted');
  const { call, memory } = setUp(known, abandoned);
  expect(memory.unsettledCredentials).toBe(MINE);
  expect(await call(5)).toBe('log-in');
  expect(memory).toMatchObject({ unsettledCredentials: null, provenCredentials: MINE });
  expect(await call(4)).toBe('log-in');
});

test('a device that does not tell: credentials it accepted before go on after a crash, new ones wait', async () => {
  expect(await setUp({ provenCredentials: MINE }, true).call(null)).toBe('log-in');
  expect(setUp({ unsettledCredentials: MINE }).logins.decide(null)).toBe('unclear');
  expect(setUp({ unsettledCredentials: MINE }).logins.decide(5)).toBe('unclear');
});

describe('a login in doubt on a device that does not tell', () => {
  const mute = { provenCredentials: MINE };

  test('is announced, so that a death in it leaves the credentials to an operator', async () => {
    const { logins, memory, durable } = setUp(mute, true);
    expect(logins.decide(null)).toBe('look-again');
    await logins.heard(keptBack('look-again'));
    expect(durable.at(-1)).toEqual({ provenCredentials: null, unsettledCredentials: MINE });
    expect(logins.decide(null)).toBe('log-in');
    expect(setUp({ ...memory }, true).logins.decide(null)).toBe('unclear');
  });

  test('that was let in is durable at once: the next death is an ordinary one', async () => {
    const { call, durable, memory } = setUp(mute, true);
    await call(null);
    expect(durable.at(-1)).toEqual({ provenCredentials: MINE, unsettledCredentials: null });
    expect(await setUp({ ...memory }, true).call(null)).toBe('log-in');
  });

  test.each([
    ['that was lost on the line', lost],
    ['that was not sent after all', said('network', { delivery: 'not-sent' })],
    ['whose answer may come from before the door', said('busy')],
  ])('%s is as much in doubt as before, and is tried again', async (_, answer) => {
    const { call, calls, memory } = setUp(mute, true);
    await call(null, answer);
    expect(memory).toMatchObject({ provenCredentials: MINE, unsettledCredentials: MINE });
    expect(await calls([null])).toEqual({ decision: 'log-in', looks: 1 });
  });

  test('and refused is refused: nothing of it is taken back', async () => {
    const { call, logins, memory } = setUp(mute, true);
    await call(null, said('credentials'));
    logins.putDown();
    expect(memory.provenCredentials).toBeNull();
  });

  test('that the lane did not come to is no doubt for the next holder', async () => {
    const { logins, memory } = setUp(mute, true);
    logins.decide(null);
    await logins.heard(keptBack('look-again'));
    logins.putDown();
    expect(memory).toMatchObject({ provenCredentials: MINE, unsettledCredentials: MINE });
    const fresh = setUp();
    await fresh.logins.announce(null);
    fresh.logins.putDown();
    expect(fresh.memory.unsettledCredentials).toBeNull();
  });

  test('of which it told before: its challenge is read twice before that is believed', async () => {
    const { calls } = setUp(proven, true);
    expect(await calls([null, 5])).toEqual({ decision: 'log-in', looks: 1 });
    const garbled = setUp(proven, true);
    expect(await garbled.calls([null, 4])).toEqual({ decision: 'counted', looks: 1 });
    expect(await setUp(proven, true).calls([null])).toEqual({ decision: 'log-in', looks: 2 });
  });
});

describe('a number that has risen', () => {
  test.each([
    ['after credentials were proven', { ...proven, loginTriesLeft: 3 }],
    ['where none was told before', { ...proven, loginTriesLeft: null }],
    ['in doubt', { ...proven, loginTriesLeft: 3, unsettledCredentials: MINE }],
    ['since a first login was announced', { unsettledCredentials: MINE, loginTriesLeft: 3 }],
  ])('%s is durable before a login follows it: a death in that one is seen', async (_, known) => {
    const { logins, memory, durable } = setUp(known);
    expect(logins.decide(5)).toBe('look-again');
    await logins.heard(keptBack('look-again'));
    expect(durable).toEqual([{ loginTriesLeft: 5 }]);
    expect(logins.decide(5)).toBe('log-in');
    expect(setUp({ ...memory }, true).logins.decide(4)).toBe('counted');
  });

  test('costs one look, and none from then on', async () => {
    const { calls, durable } = setUp({ ...proven, loginTriesLeft: 3 });
    expect(await calls([5])).toEqual({ decision: 'log-in', looks: 1 });
    for (let nth = 0; nth < 3; nth += 1) expect(await calls([5])).toEqual({ decision: 'log-in', looks: 0 });
    expect(durable).toHaveLength(1);
  });

  test('and falls again before the call is made anew, holds nobody up', async () => {
    const { calls } = setUp({ ...proven, loginTriesLeft: 3 });
    expect(await calls([5, 4])).toEqual({ decision: 'log-in', looks: 1 });
  });

  test('and rises for ever, is no number of tries: the call is made after a bound', async () => {
    const { calls } = setUp({ ...proven, loginTriesLeft: 3 });
    const rising = Array.from({ length: 100 }, (_, nth) => 4 + nth);
    expect(await calls(rising)).toEqual({ decision: 'log-in', looks: MAX_LOOKS });
    expect(await calls(rising.slice(50))).toEqual({ decision: 'log-in', looks: MAX_LOOKS });
  });

  test('in a call that hung: nothing is written, and nothing is made anew', async () => {
    const { logins, durable } = setUp({ ...proven, loginTriesLeft: 3 });
    expect(logins.decide(5)).toBe('look-again');
    expect(await logins.heard(lost)).toBe('settled');
    expect(durable).toEqual([]);
  });
});

test('an abandoned lease says nothing of credentials that were never announced', () => {
  const { logins } = setUp({ provenCredentials: 'the former ones', loginTriesLeft: 3 }, true);
  expect(logins.untried).toBe(true);
  expect(logins.decide(3)).toBe('log-in');
});

test('a lost answer is a doubt at once, within the session', async () => {
  const { memory, call } = setUp(proven);
  await call(5);
  await call(5, lost);
  expect(memory.unsettledCredentials).toBe(MINE);
  expect(await call(4)).toBe('counted');
});

test.each<AnswerClass>(['busy', 'unknown', 'unsupported'])(
  'an answer of class %s may come from before the door: it proves nothing and refuses nothing',
  async (answerClass) => {
    const { logins, memory, call } = setUp();
    await logins.announce(5);
    await call(5, said(answerClass));
    expect(memory).toMatchObject({ provenCredentials: null, unsettledCredentials: null });
    const doubtful = setUp({ ...proven, unsettledCredentials: MINE });
    await doubtful.call(5, said(answerClass));
    expect(await doubtful.call(4)).toBe('counted');
  },
);

test('the number that counts is the one after a good login; a rise is durable at once', async () => {
  // Read before the first login it may be too low: a good login sets it back.
  const { call, memory, durable } = setUp({ ...proven, loginTriesLeft: 4 });
  await call(4);
  expect(durable).toEqual([]);
  await call(5);
  expect(durable).toEqual([{ loginTriesLeft: 5 }]);
  await call(5, lost);
  expect(await call(4)).toBe('counted');
  // [K1T804AMF]: a good login does not set it back. It falls without a doubt, and is no alarm later.
  const stays = setUp(proven);
  await stays.call(5);
  await stays.call(3);
  expect(stays.memory.loginTriesLeft).toBe(3);
  expect(memory.loginTriesLeft).toBe(5);
  await stays.call(3, lost);
  expect(await stays.call(3)).toBe('log-in');
});

test('an announced login that was not sent after all leaves no doubt behind', async () => {
  const { logins, memory } = setUp();
  await logins.announce(null);
  await logins.heard(said('network', { delivery: 'not-sent' }));
  expect(memory.unsettledCredentials).toBeNull();
  expect(logins.untried).toBe(true);
});

test('nothing is in doubt after a call whose credentials were not shown', async () => {
  const { logins, memory } = setUp(proven);
  await logins.heard(lost);
  expect(memory.unsettledCredentials).toBeNull();
});

test('what a lost answer is compared with is the number read just before that login', async () => {
  // Stored low, since somebody had mistyped; a good login unseen since then had set it back.
  const risen = setUp({ ...proven, loginTriesLeft: 3 });
  await risen.call(5, lost);
  expect(risen.durable).toEqual([{ loginTriesLeft: 5 }]);
  expect(await risen.call(4)).toBe('counted');
  // Somebody else mistyped before: that was not our login.
  const fallen = setUp(proven);
  await fallen.call(4, lost);
  expect(await fallen.call(4)).toBe('log-in');
});

test('a number read while in doubt does not become the one to compare with', async () => {
  const { call } = setUp({ ...proven, unsettledCredentials: MINE });
  await call(5, lost);
  await call(6, lost);
  expect(await call(4)).toBe('counted');
});

test.each([
  [1, true],
  [2, false],
  [null, false],
])('a refusal after the device said %j: it took the last try: %j', async (triesLeft, tookLastTry) => {
  const { logins, call } = setUp(proven);
  await call(triesLeft, said('credentials'));
  expect(logins.tookLastTry).toBe(tookLastTry);
  await call(5);
  expect(logins.tookLastTry).toBe(false);
});

test('a lock met while in doubt is a number that has fallen, and shows nothing', async () => {
  const { logins } = setUp({ ...proven, unsettledCredentials: MINE });
  expect(logins.decide(0)).toBe('counted');
  const calm = setUp(proven).logins;
  calm.decide(0);
  await calm.heard(said('credentials', { delivery: 'not-sent' }));
  expect(calm.tookLastTry).toBe(false);
});
