import { expect, test } from 'vitest';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createWakeup } from './wakeup.ts';

test('a call ends the sleep, and one that comes while nobody sleeps is kept for the next', async () => {
  const clock = createVirtualClock(0);
  const wakeup = createWakeup(clock);
  const first = wakeup.sleep(1000);
  await clock.advance(100);
  wakeup.wake();
  await clock.run(first);
  expect(clock.now()).toBe(100);
  wakeup.wake();
  await clock.run(wakeup.sleep(1000));
  expect(clock.now()).toBe(100);
  await clock.run(wakeup.sleep(1000));
  expect(clock.now()).toBe(1100);
});
