import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../conformance/virtual-clock.ts';
import { DeviceTime } from './device-time.ts';

const START = Date.parse('2026-07-13T16:14:08Z');

function deviceTime() {
  const clock = virtualClock(START);
  return { clock, time: new DeviceTime({ clock }) };
}

describe('device time', () => {
  it('is the fleet’s clock in the device’s zone', async () => {
    const { clock, time } = deviceTime();
    expect(time.local()).toBe('2026-07-13T19:14:08+03:00');
    expect(time.wallClock()).toBe('2026-07-13T19:14:08');
    await clock.advance(1500);
    expect(time.local()).toBe('2026-07-13T19:14:09+03:00');
    expect(time.nowMs()).toBe(START + 1500);
  });

  it('set by hand goes on from there', async () => {
    const { clock, time } = deviceTime();
    expect(time.set({ mode: 'manual', zone: 'CST+3:00:00', localTime: '2030-01-01T00:00:00' })).toBeNull();
    expect(time.local()).toBe('2030-01-01T00:00:00-03:00');
    await clock.advance(60_000);
    expect(time.local()).toBe('2030-01-01T00:01:00-03:00');
  });

  it('an offset in the time wins over the zone', () => {
    const { time } = deviceTime();
    expect(time.set({ mode: 'manual', localTime: '2026-07-13T12:00:00+00:00' })).toBeNull();
    expect(time.local()).toBe('2026-07-13T15:00:00+03:00');
  });

  it('NTP finds the right time again', () => {
    const { time } = deviceTime();
    time.setOffset(3_600_000);
    expect(time.local()).toBe('2026-07-13T20:14:08+03:00');
    time.set({ mode: 'NTP', localTime: '2000-01-01T00:00:00' });
    expect(time.local()).toBe('2026-07-13T19:14:08+03:00');
  });

  it('names the field it cannot read, and stays as it was', () => {
    const { time } = deviceTime();
    const before = time.snapshot();
    expect(time.set({ mode: 'manual', zone: 'Europe/Bucharest', localTime: '2030-01-01T00:00:00' })).toBe(
      'timeZone',
    );
    expect(time.set({ mode: 'manual', zone: 'CST-2:00:00', localTime: 'noon' })).toBe('localTime');
    expect(time.set({ mode: 'manual', localTime: '2030-13-01T00:00:00' })).toBe('localTime');
    expect(time.snapshot()).toEqual(before);
  });

  it('survives a snapshot', () => {
    const { time, clock } = deviceTime();
    time.set({ mode: 'manual', zone: 'CST-8:00:00', localTime: '2030-01-01T00:00:00' });
    time.setNtpServer({ ...time.ntpServers()[0]!, address: 'ntp.example' });
    const other = new DeviceTime({ clock });
    other.restore(time.snapshot());
    expect(other.local()).toBe('2030-01-01T00:00:00+08:00');
    expect(other.ntpServers()).toEqual(time.ntpServers());
    other.clear();
    expect(other.local()).toBe('2026-07-13T19:14:08+03:00');
  });
});
