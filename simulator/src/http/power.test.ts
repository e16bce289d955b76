import { describe, expect, it } from 'vitest';
import { Power, type PowerState } from './power.ts';

function makePower() {
  let nowMs = 0;
  const changes: PowerState[] = [];
  const clock = { now: () => nowMs, sleep: () => Promise.resolve() };
  const power = new Power({ clock, onChange: (state) => changes.push(state) });
  return { power, changes, at: (ms: number) => (nowMs = ms) };
}

describe('Power', () => {
  it('ends what is under way when it goes off, and starts afresh', () => {
    const { power, changes } = makePower();
    const before = power.signal;
    power.off();
    expect(before.aborted).toBe(true);
    expect(power.state).toBe('off');
    power.on();
    expect(power.signal.aborted).toBe(false);
    expect(changes).toEqual(['off', 'on']);
  });

  it('comes back from a reboot by the clock alone', () => {
    const { power, changes, at } = makePower();
    power.reboot(30_000);
    expect(power.backInMs).toBe(30_000);
    at(29_999);
    expect(power.state).toBe('rebooting');
    at(30_000);
    expect(power.state).toBe('on');
    expect(power.backInMs).toBeNull();
    expect(changes).toEqual(['rebooting', 'on']);
  });

  it('says nothing when nothing changes', () => {
    const { power, changes } = makePower();
    power.on();
    power.off();
    power.off();
    expect(changes).toEqual(['off']);
  });

  it('stays off when switched off during a reboot', () => {
    const { power, at } = makePower();
    power.reboot(10);
    power.off();
    at(20);
    expect(power.state).toBe('off');
  });
});
