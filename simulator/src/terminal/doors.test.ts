import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../conformance/virtual-clock.ts';
import { ALL_DOORS, Doors } from './doors.ts';

function doors(doorCount = 1) {
  const clock = virtualClock();
  return { clock, doors: new Doors({ traits: { doorCount }, clock }) };
}

describe('doors', () => {
  it('shut by themselves after their opening time', async () => {
    const { clock, doors: own } = doors();
    own.command(1, 'open');
    expect(own.isOpen(1)).toBe(true);
    await clock.advance(4999);
    expect(own.isOpen(1)).toBe(true);
    await clock.advance(1);
    expect(own.isOpen(1)).toBe(false);
  });

  it('stay open or shut until resumed', async () => {
    const { clock, doors: own } = doors();
    own.command(1, 'alwaysOpen');
    await clock.advance(86_400_000);
    expect(own.isOpen(1)).toBe(true);
    own.command(1, 'resume');
    expect([own.isOpen(1), own.modeOf(1)]).toEqual([false, 'normal']);
    own.command(1, 'alwaysClose');
    own.letIn(1);
    expect(own.isOpen(1)).toBe(false);
  });

  it.each(['close', 'resume'] as const)('%s ends an open door at once', (command) => {
    const { doors: own } = doors();
    own.command(1, 'open');
    own.command(1, command);
    expect(own.isOpen(1)).toBe(false);
  });

  it('all move under 65535', () => {
    const { doors: own } = doors(2);
    expect(own.command(ALL_DOORS, 'alwaysOpen')).toBe(true);
    expect([own.isOpen(1), own.isOpen(2)]).toEqual([true, true]);
    own.command(2, 'resume');
    expect([own.isOpen(1), own.isOpen(2)]).toEqual([true, false]);
  });

  it.each([0, 2, -1, NaN, 65_534])('%s is no door', (doorNo) => {
    const { doors: own } = doors();
    expect(own.command(doorNo, 'open')).toBe(false);
    expect(own.isOpen(doorNo)).toBe(false);
  });

  it('open for a waiting event once, after a yes', () => {
    const { doors: own } = doors();
    own.waitForVerification(7);
    expect(own.verify(8, 1, 'success')).toBe(false);
    expect(own.verify(7, 1, 'success')).toBe(true);
    expect(own.isOpen(1)).toBe(true);
    expect(own.verify(7, 1, 'success')).toBe(false);
    own.command(1, 'close');
    own.waitForVerification(9);
    expect(own.verify(9, 1, 'failed')).toBe(true);
    expect(own.isOpen(1)).toBe(false);
  });

  it('give up the oldest of too many that wait', () => {
    const { doors: own } = doors();
    for (let serialNo = 1; serialNo <= 17; serialNo += 1) own.waitForVerification(serialNo);
    expect(own.verify(1, 1, 'failed')).toBe(false);
    expect(own.verify(2, 1, 'failed')).toBe(true);
  });

  it('forget what was going on in a power cut, not what was set', () => {
    const { doors: own } = doors();
    own.setParam(1, { doorName: 'Gate', openDurationS: 9 });
    own.command(1, 'alwaysOpen');
    own.waitForVerification(1);
    own.powerCut();
    expect([own.isOpen(1), own.modeOf(1), own.verify(1, 1, 'success')]).toEqual([false, 'normal', false]);
    expect(own.param(1)).toEqual({ doorName: 'Gate', openDurationS: 9 });
  });

  it('survive a snapshot that later commands do not change', () => {
    const { doors: own } = doors();
    own.command(1, 'alwaysOpen');
    const snapshot = own.snapshot();
    own.clear();
    expect(own.isOpen(1)).toBe(false);
    own.restore(snapshot);
    own.command(1, 'resume');
    expect(snapshot[0]?.mode).toBe('alwaysOpen');
  });
});
