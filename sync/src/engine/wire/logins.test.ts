import { describe, expect, test } from 'vitest';
import type { AnswerClass } from '../../isapi/answer.ts';
import { blankMemory, type DeviceMemory } from '../../model/device.ts';
import { MAX_LOOKS } from './login-plan.ts';
import { createLogins } from './logins.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { keptBack } from '../testing/model-door.ts';
import { done, said } from '../testing/verdicts.ts';

const MINE = 'mine';

function setUp(known: Partial<DeviceMemory> = {}, abandoned = false) {
  const memory: DeviceMemory = { ...blankMemory, ...known };
  const durable: Partial<DeviceMemory>[] = [];
  const clock = createVirtualClock();
  /** What the database takes for a write. */
  const database = { takesMs: 0 };
  const logins = createLogins({
    fingerprint: MINE,
    memory,
    abandoned,
    clock,
    remember: async (patch) => {
      Object.assign(memory, patch);
      if (database.takesMs > 0) await clock.sleep(database.takesMs);
      durable.push(patch);
    },
    note: (patch) => {
      Object.assign(memory, patch);
    },
  });
  /** Looks are made again, as the wire does it; each of `told` is what one challenge says, the last one also those after it. */
  const calls = async (told: readonly (number | null)[], answer = done(null)) => {
    for (let looks = 0; ; looks += 1) {
      const decision = await logins.decide(told[Math.min(looks, told.length - 1)] ?? null);
      if (decision === 'log-in') await logins.heard(answer);
      if (decision !== 'look-again') return { decision, looks };
      expect(await logins.heard(keptBack(decision))).toBe('look-again');
    }
  };
  const call = async (told: number | null, answer = done(null)) => (await calls([told], answer)).decision;
  return { memory, durable, clock, database, logins, call, calls };
}

const proven = { provenCredentials: MINE, loginTriesLeft: 5 };
const lost = said('network', { delivery: 'unknown' });

test('new credentials are announced before their first login, and proven by its success: two writes, and none after', async () => {
  const { memory, durable, call, calls } = setUp();
  expect(await calls([5])).toEqual({ decision: 'log-in', looks: 0 });
  expect(durable[0]).toEqual({ unsettledCredentials: MINE, loginTriesLeft: 5 });
  expect(memory).toMatchObject({ provenCredentials: MINE, unsettledCredentials: null });
  for (let nth = 0; nth < 3; nth += 1) await call(5);
  expect(durable).toHaveLength(2);
});

test('new credentials are announced with the number of now: what others mistyped before is no refusal of ours', async () => {
  const { logins, memory, durable } = setUp({ ...proven, provenCredentials: 'the former ones' });
  expect(await logins.decide(4)).toBe('log-in');
  expect(durable).toEqual([{ unsettledCredentials: MINE, loginTriesLeft: 4 }]);
  expect(await setUp({ ...memory }, true).call(4)).toBe('log-in');
});

test('proven credentials under a lease that was given back cost no write and no question', async () => {
  const { durable, call } = setUp(proven);
  // Somebody mistyped in a browser behind the same address: no business of ours.
  expect(await call(4)).toBe('log-in');
  expect(durable).toEqual([]);
});

test.each([
  ['an abandoned lease', proven, true],
  ['an answer lost in another session', { ...proven, unsettledCredentials: MINE }, false],
  ['a first login that was cut off', { unsettledCredentials: MINE, loginTriesLeft: 5 }, false],
])('after %s the device says whether it counted a bad login', async (_, known, abandoned) => {
  expect(await setUp(known, abandoned).logins.decide(4)).toBe('counted');
  const { call, memory } = setUp(known, abandoned);
  expect(memory.unsettledCredentials).toBe(MINE);
  expect(await call(5)).toBe('log-in');
  expect(memory).toMatchObject({ unsettledCredentials: null, provenCredentials: MINE });
  expect(await call(4)).toBe('log-in');
});

test('a first login that was cut off and cannot be compared waits for an operator', async () => {
  expect(await setUp({ unsettledCredentials: MINE }).logins.decide(null)).toBe('unclear');
  expect(await setUp({ unsettledCredentials: MINE }).logins.decide(5)).toBe('unclear');
});

describe('a device that does not tell', () => {
  const mute = { provenCredentials: MINE };
  const announced = { unsettledCredentials: MINE };
  const takenBack = { provenCredentials: MINE, unsettledCredentials: null };

  test('has each login announced before it, and taken back after its answer', async () => {
    const { calls, durable, memory } = setUp(mute);
    for (let nth = 0; nth < 2; nth += 1)
      expect(await calls([null])).toEqual({ decision: 'log-in', looks: 0 });
    expect(durable).toEqual([announced, takenBack, announced, takenBack]);
    expect(memory).toMatchObject(takenBack);
  });

  test('has new credentials announced at their first challenge', async () => {
    const { calls, durable } = setUp();
    for (let nth = 0; nth < 2; nth += 1)
      expect(await calls([null])).toEqual({ decision: 'log-in', looks: 0 });
    expect(durable).toEqual([announced, takenBack, announced, takenBack]);
  });

  test('leaves credentials to an operator after a death in a login, and after none anywhere else', async () => {
    const { logins, memory, call } = setUp(mute);
    await logins.decide(null);
    expect(await setUp({ ...memory }, true).logins.decide(null)).toBe('unclear');
    await logins.heard(done(null));
    expect(await call(null)).toBe('log-in');
    expect(await setUp({ ...memory }, true).call(null)).toBe('log-in');
  });

  test('leaves them to an operator after a lost answer', async () => {
    const { call, memory } = setUp(mute);
    expect(await call(null, lost)).toBe('log-in');
    expect(memory.unsettledCredentials).toBe(MINE);
    expect(await call(null)).toBe('unclear');
    expect(await setUp({ ...memory }).logins.decide(null)).toBe('unclear');
  });

  test('has let in whose answer broke off after its first line said so', async () => {
    const brokenOff = (httpStatus: number) => said('network', { delivery: 'unknown', httpStatus });
    const { call, memory } = setUp(mute);
    await call(null, brokenOff(200));
    expect(memory).toMatchObject(takenBack);
    await call(null, brokenOff(401));
    expect(await call(null)).toBe('unclear');
  });

  test.each([
    ['that was not sent after all', said('network', { delivery: 'not-sent' })],
    ['whose answer may come from before the door', said('busy')],
  ])('a login %s is taken back too', async (_, answer) => {
    const { call, durable, memory } = setUp(mute);
    await call(null, answer);
    expect(durable.at(-1)).toEqual(takenBack);
    expect(await setUp({ ...memory }, true).call(null)).toBe('log-in');
  });

  test('a refused login stays announced until the refusal is written', async () => {
    const { call, logins, memory } = setUp(mute);
    await call(null, said('credentials'));
    logins.putDown();
    expect(memory.unsettledCredentials).toBe(MINE);
  });

  test('an announced login that the lane did not come to is no doubt for the next holder', async () => {
    const { logins, memory } = setUp(mute);
    expect(await logins.decide(null)).toBe('log-in');
    expect(memory.unsettledCredentials).toBe(MINE);
    logins.putDown();
    expect(memory.unsettledCredentials).toBeNull();
  });

  test('a lock met before an announced login takes it back, and is not asked again', async () => {
    for (const known of [mute, {}]) {
      const { logins, memory } = setUp(known);
      await logins.decide(0);
      expect(await logins.heard(said('credentials', { delivery: 'not-sent' }))).toBe('settled');
      expect(memory.unsettledCredentials).toBeNull();
    }
  });

  test('but told before: its challenge is read twice before that is believed, and then it is one of them', async () => {
    const garbled = setUp(proven);
    expect(await garbled.calls([null, 5])).toEqual({ decision: 'log-in', looks: 1 });
    expect(garbled.durable).toEqual([]);
    const silent = setUp(proven);
    expect(await silent.calls([null])).toEqual({ decision: 'log-in', looks: 1 });
    expect(silent.durable).toEqual([{ ...announced, loginTriesLeft: null }, takenBack]);
    expect(await silent.calls([null])).toEqual({ decision: 'log-in', looks: 0 });
    expect(silent.durable).toHaveLength(4);
  });

  test('but told before, and there is a doubt: it is asked twice, and nothing is shown to it', async () => {
    expect(await setUp(proven, true).calls([null, 5])).toEqual({ decision: 'log-in', looks: 1 });
    expect(await setUp(proven, true).calls([null, 4])).toEqual({ decision: 'counted', looks: 1 });
    expect(await setUp(proven, true).calls([null])).toEqual({ decision: 'unclear', looks: 1 });
  });

  test('and does once: from then on the number is the trace', async () => {
    const { call, durable } = setUp(mute);
    await call(5);
    await call(5);
    expect(durable).toEqual([{ loginTriesLeft: 5 }]);
  });
});

describe('a number that has risen', () => {
  test.each([
    ['after credentials were proven', { ...proven, loginTriesLeft: 3 }],
    ['in doubt', { ...proven, loginTriesLeft: 3, unsettledCredentials: MINE }],
    ['since a first login was announced', { unsettledCredentials: MINE, loginTriesLeft: 3 }],
  ])('%s is durable before a login follows it: a death in that one is seen', async (_, known) => {
    const { logins, memory, durable } = setUp(known);
    expect(await logins.decide(5)).toBe('log-in');
    expect(durable).toEqual([{ loginTriesLeft: 5 }]);
    expect(await setUp({ ...memory }, true).logins.decide(4)).toBe('counted');
  });

  test('is written once', async () => {
    const { calls, durable } = setUp({ ...proven, loginTriesLeft: 3 });
    for (let nth = 0; nth < 3; nth += 1) expect(await calls([5])).toEqual({ decision: 'log-in', looks: 0 });
    expect(durable).toHaveLength(1);
  });

  test('in a call that hung: nothing is made anew', async () => {
    const { logins } = setUp({ ...proven, loginTriesLeft: 3 });
    expect(await logins.decide(5)).toBe('log-in');
    expect(await logins.heard(lost)).toBe('settled');
  });
});

describe('a database that is slower than a challenge lives', () => {
  /** The handshake that was kept back, and what is known when it is over. */
  async function keptBackBy(known: Partial<DeviceMemory>, told: number | null) {
    const one = setUp(known);
    one.database.takesMs = 2000;
    expect(await one.clock.run(one.logins.decide(told))).toBe('look-again');
    expect(one.durable).toEqual([]);
    expect(await one.clock.run(one.logins.heard(keptBack('look-again')))).toBe('look-again');
    expect(one.durable).toHaveLength(1);
    return one;
  }

  test.each<[string, Partial<DeviceMemory>, number | null]>([
    ['new credentials', {}, 5],
    ['a device that does not tell', { provenCredentials: MINE }, null],
    ['a number that has risen', { ...proven, loginTriesLeft: 3 }, 5],
  ])(
    '%s: nothing is shown before the trace is durable, and then the call is made again',
    async (_, known, told) => {
      const { logins, durable } = await keptBackBy(known, told);
      expect(await logins.decide(told)).toBe('log-in');
      expect(durable).toHaveLength(1);
    },
  );

  test('and a number that rises for ever, which is none of tries: the call is made after a bound', async () => {
    const { logins, clock, database } = setUp({ ...proven, loginTriesLeft: 3 });
    database.takesMs = 2000;
    let looks = 0;
    while ((await clock.run(logins.decide(4 + looks))) === 'look-again') {
      expect(await clock.run(logins.heard(keptBack('look-again')))).toBe('look-again');
      looks += 1;
    }
    expect(looks).toBe(MAX_LOOKS);
  });

  test('or does not take the trace at all: nothing is shown, and that comes up', async () => {
    const { memory } = setUp();
    const logins = createLogins({
      fingerprint: MINE,
      memory,
      abandoned: false,
      clock: createVirtualClock(),
      remember: () => Promise.reject(new Error('no lease')),
      note: () => undefined,
    });
    expect(await logins.decide(5)).toBe('look-again');
    await expect(logins.heard(keptBack('look-again'))).rejects.toThrow('no lease');
  });
});

test('an abandoned lease says nothing of credentials that were never announced', async () => {
  const { calls } = setUp({ provenCredentials: 'the former ones', loginTriesLeft: 3 }, true);
  expect(await calls([3])).toEqual({ decision: 'log-in', looks: 0 });
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
    const { memory, call } = setUp();
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
  // Somebody had mistyped before our first login, which set it back: no rise, and no handshake more.
  const mistyped = setUp(proven);
  await mistyped.call(3);
  expect(await mistyped.calls([5])).toEqual({ decision: 'log-in', looks: 0 });
  // [K1T804AMF]: a good login does not set it back. It falls without a doubt, and is no alarm later.
  const stays = setUp(proven);
  await stays.call(5);
  await stays.call(3);
  expect(stays.memory.loginTriesLeft).toBe(3);
  expect(memory.loginTriesLeft).toBe(5);
  await stays.call(3, lost);
  expect(await stays.call(3)).toBe('log-in');
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
  expect(await logins.decide(0)).toBe('counted');
  const calm = setUp(proven).logins;
  await calm.decide(0);
  await calm.heard(said('credentials', { delivery: 'not-sent' }));
  expect(calm.tookLastTry).toBe(false);
});
