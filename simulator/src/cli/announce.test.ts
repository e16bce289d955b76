import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFleet } from '../fleet.ts';
import type { Fleet } from '../fleet-types.ts';
import { announceJson, announceText } from './announce.ts';

let fleet: Fleet;
beforeAll(async () => {
  fleet = await startFleet({
    devices: 25,
    listen: false,
    password: 'Parola-secreta-9',
    profile: 'ds-k1a340',
  });
  fleet.device('device-2').setFaults(['busy']);
});
afterAll(() => fleet.stop());

test('for programs: one line, every device, no password', () => {
  const text = announceJson('http://127.0.0.1:9100', fleet);
  expect(text).not.toContain('\n');
  expect(text).not.toContain('Parola');
  const ready = JSON.parse(text) as { control: string; devices: { id: string; url: string }[] };
  expect(ready.control).toBe('http://127.0.0.1:9100');
  expect(ready.devices.map(({ id }) => id)).toEqual(fleet.devices.map(({ id }) => id));
});

test('for people: the first twenty, what is wrong with them, and what to do next, no password', () => {
  const text = announceText('http://127.0.0.1:9100', fleet);
  expect(text).toContain('25 simulated terminals answer');
  expect(text).toMatch(/device-2 .*DS-K1A340\S* \(ds-k1a340\).*faults: busy\/1/);
  expect(text).toContain('… and 5 more');
  expect(text).toContain('curl --digest -u admin');
  expect(text).not.toContain('Parola');
});
