import { describe, expect, test } from 'vitest';
import { useFleet } from './vitest.ts';

describe('a fleet for tests', () => {
  const terminals = useFleet({
    devices: [
      { id: 'gate', persons: [{ employeeNo: '1', name: 'seeded' }], faults: ['busy'] },
      { id: 'office' },
    ],
    listen: false,
  });

  test.each([1, 2])('test %i begins with the terminals as they were started', async () => {
    const gate = terminals.device('gate');
    expect(terminals.device().id).toBe('gate');
    expect(gate.persons().map(({ name }) => name)).toEqual(['seeded']);
    expect(gate.faults().map(({ id }) => id)).toEqual(['busy/1']);
    expect(gate.requests()).toEqual([]);
    expect(gate.power).toBe('on');
    // What the next test must not see.
    gate.editAtTerminal({ employeeNo: '2', name: 'left over' });
    gate.changePassword('Alta-parola-3');
    gate.setFaults(['offline']);
    await gate.handle({ method: 'GET', target: '/' });
    await terminals.device('office').powerOff();
  });

  test('passwords are the first ones again', () => {
    expect(terminals.device('gate').password).toBe('Parola-123');
    expect(() => terminals.device('nowhere')).toThrow(/nowhere/);
  });
});

describe('outside of tests', () => {
  const terminals = useFleet({ devices: 0, listen: false });
  const attempt = () => terminals.fleet;
  let atCollection = '';
  try {
    attempt();
  } catch (error) {
    atCollection = String(error);
  }

  test('the fleet is not there, and says so', () => {
    expect(atCollection).toMatch(/only during tests/);
    expect(() => terminals.device()).toThrow(/devices: 1 or more/);
  });
});
