import { describe, expect, test } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

describe('virtual clock', () => {
  test('sleepers wake in the order of time, then of going to sleep, and hours cost nothing', async () => {
    const clock = createVirtualClock(0);
    const woken: string[] = [];
    const nap = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name}@${clock.now()}`);
    };
    await clock.run(Promise.all([nap('b', 3_600_000), nap('a', 1000), nap('c', 3_600_000)]));
    expect(woken).toEqual(['a@1000', 'b@3600000', 'c@3600000']);
  });

  test('a signal wakes early, at the time it is', async () => {
    const clock = createVirtualClock(0);
    const control = new AbortController();
    const nap = clock.sleep(10_000, control.signal);
    await clock.advance(500);
    control.abort();
    await clock.run(nap);
    expect(clock.now()).toBe(500);
    await clock.run(clock.sleep(10, control.signal));
    expect(clock.now()).toBe(500);
  });

  test('advance lets exactly that much time pass', async () => {
    const clock = createVirtualClock(0);
    let ticks = 0;
    const control = new AbortController();
    const tick = async () => {
      while (!control.signal.aborted) {
        await clock.sleep(100, control.signal);
        ticks += 1;
      }
    };
    const ticking = tick();
    await clock.advance(1000);
    expect(ticks).toBe(10);
    expect(clock.now()).toBe(1000);
    control.abort();
    await ticking;
  });

  test('work that can never end is an error, not a hang', async () => {
    const clock = createVirtualClock(0);
    const never = new Promise<void>(() => undefined);
    await expect(clock.run(never)).rejects.toThrow('wait for ever');
    const circle = (async () => {
      while (clock.now() < 10_000) await clock.sleep(60);
    })();
    await expect(clock.run(Promise.race([circle, never]), 1000)).rejects.toThrow('1000 ms of virtual time');
  });

  test('what the work throws is thrown', async () => {
    const clock = createVirtualClock(0);
    await expect(clock.run(Promise.reject(new Error('told so')))).rejects.toThrow('told so');
  });
});
