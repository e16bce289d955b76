import { describe, expect, test } from 'vitest';
import { FaultError } from '../faults/fault-error.ts';
import { parseFleetFile } from './fleet-file.ts';
import { planFleet } from './plan-fleet.ts';
import { UsageError } from './usage-error.ts';

const file = (text: string) => parseFleetFile(text, 'f.yaml');

test('without anything: three terminals on 9101, control on 9100, this machine only', () => {
  expect(planFleet({ json: false }, null)).toEqual({
    controlHost: '127.0.0.1',
    controlPort: 9100,
    fleet: { devices: 3, port: 9101, host: '127.0.0.1' },
  });
});

test('the command line wins over the file, the file over the defaults', () => {
  const planned = planFleet(
    { json: false, devices: 5, username: 'line', state: 'kept' },
    file('devices: 2\nusername: file\nseed: 9\ncontrolPort: 0\nhost: 0.0.0.0\ncontrolHost: 0.0.0.0'),
  );
  expect(planned).toEqual({
    controlHost: '0.0.0.0',
    controlPort: 0,
    fleet: { devices: 5, port: 9101, host: '0.0.0.0', username: 'line', seed: 9, stateDir: 'kept' },
  });
});

test('terminals opened to others leave the control API, which has no login, where it was', () => {
  expect(planFleet({ json: false, host: '0.0.0.0' }, null).controlHost).toBe('127.0.0.1');
});

test('common persons and faults reach every device, before its own', () => {
  const { fleet } = planFleet(
    { json: false, faults: ['busy'] },
    file(`
faults: [silent]
persons: [{ employeeNo: "1", name: a }]
devices: [{ faults: [offline] }, { persons: [] }]`),
  );
  expect(fleet.devices).toEqual([
    { faults: ['silent', 'busy', 'offline'], persons: [{ employeeNo: '1', name: 'a' }] },
    { faults: ['silent', 'busy'], persons: [] },
  ]);
});

describe('contradictions', () => {
  test('a number beside a list of devices', () => {
    expect(() => planFleet({ json: false, devices: 2 }, file('devices: [{}, {}, {}]'))).toThrow(
      /--devices 2 contradicts the 3 devices/,
    );
  });

  test('an unknown packaged set', () => {
    expect(() => planFleet({ json: false, faults: ['flakyvpn'] }, null)).toThrow(FaultError);
    expect(() => planFleet({ json: false, faults: ['flakyvpn'] }, null)).toThrow(
      /--faults: .*did you mean "flaky-vpn"/,
    );
  });

  test.each([
    [{ port: 9100 }, '', /Port 9100 is wanted by the control API .* and by terminal 1/],
    [{ port: 9098 }, '', /terminal 3/],
    [
      {},
      'devices: [{ id: a, port: 9102 }, { id: b }]',
      /Port 9102 is wanted by terminal a and by terminal b/,
    ],
  ])('one port for two: %j %s', (line, text, expected) => {
    expect(() => planFleet({ json: false, ...line }, file(text))).toThrow(UsageError);
    expect(() => planFleet({ json: false, ...line }, file(text))).toThrow(expected);
  });

  test('free ports never meet', () => {
    expect(() => planFleet({ json: false, port: 0, controlPort: 0 }, null)).not.toThrow();
  });
});
