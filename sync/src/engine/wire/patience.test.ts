import { describe, expect, test } from 'vitest';
import { StoreRejectedError, StoreUnreachableError } from '../../store/store-errors.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createEmitter } from '../emitter.ts';
import type { EngineEvents } from '../events.ts';
import { createPatience, MAX_STORE_TRIES } from './patience.ts';

function setUp() {
  const clock = createVirtualClock(0);
  const events = createEmitter<EngineEvents>();
  const control = new AbortController();
  const patience = createPatience({ clock, random: () => 0.5, events, stopping: control.signal });
  return { clock, events, control, patience };
}

const away = new StoreUnreachableError('away');

describe('patience with the database', () => {
  test('asks again with growing waits, tells each failure, and is calm when all are answered', async () => {
    const { clock, events, patience } = setUp();
    const told: string[] = [];
    events.on('store.failed', ({ doing }) => told.push(doing));
    let left = 3;
    const asked = patience.run('ask', () => (left-- > 0 ? Promise.reject(away) : Promise.resolve('answer')));
    await clock.advance(1);
    expect(patience.failing).toBe(true);
    const calm = patience.whenCalm();
    expect(await clock.run(asked)).toBe('answer');
    await clock.run(calm);
    expect(patience.failing).toBe(false);
    expect(told).toEqual(['ask', 'ask', 'ask']);
    expect(clock.now()).toBe(250 + 500 + 1000);
  });

  test('has an end', async () => {
    const { clock, patience } = setUp();
    let tries = 0;
    const asked = patience.run('ask', () => {
      tries += 1;
      return Promise.reject(away);
    });
    await expect(clock.run(asked)).rejects.toBe(away);
    expect(tries).toBe(MAX_STORE_TRIES);
    expect(clock.now()).toBeLessThan(900_000);
    expect(patience.failing).toBe(false);
  });

  test('a refusal is repeated twice, a mistake of ours never, and nothing once the engine stops', async () => {
    const { clock, control, patience } = setUp();
    let tries = 0;
    const failing = (error: Error) => () => {
      tries += 1;
      return Promise.reject(error);
    };
    const no = new StoreRejectedError('no');
    await expect(clock.run(patience.run('ask', failing(no)))).rejects.toBe(no);
    expect(tries).toBe(3);
    const mistake = new TypeError('ours');
    await expect(clock.run(patience.run('ask', failing(mistake)))).rejects.toBe(mistake);
    expect(tries).toBe(4);
    control.abort();
    await expect(clock.run(patience.run('ask', failing(away)))).rejects.toBe(away);
    expect(tries).toBe(5);
  });
});
