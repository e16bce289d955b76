import { expect, test } from 'vitest';
import { catalogue, meaningNamed, meaningOfName, meaningOfNumber } from './catalogue.ts';

const codes = catalogue.flatMap((entry) =>
  Object.entries(entry.codes).map(([name, number]) => ({ name, number })),
);

test('no code and no number stands twice', () => {
  const names = codes.map(({ name }) => name.toLowerCase());
  const numbers = codes.map(({ number }) => number).filter((number) => number !== null);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(new Set(catalogue.map((entry) => entry.code)).size).toBe(catalogue.length);
});

test('stable codes are snake_case, and each sentence is one for an operator', () => {
  for (const entry of catalogue) {
    expect(entry.code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(entry.message).toMatch(/^[A-Z].*\.$/);
    if (!['done', 'already', 'missing'].includes(entry.class)) {
      // What happened and what to do: two sentences at least.
      expect(entry.message).toMatch(/\. [A-Z]|, most likely|Take/);
    }
  }
});

test('the first digit of a number is the statusCode of its family', () => {
  const families = new Set(codes.flatMap(({ number }) => (number === null ? [] : [number >>> 28])));
  expect([...families].sort()).toEqual([2, 3, 4, 5, 6, 7]);
});

test.each([
  ['employeeNoAlreadyExist', 1610637344, 'already'],
  ['deviceUserAlreadyExistFace', 1610641412, 'already'],
  ['deviceUserFull', 1610641408, 'full'],
  ['SubpicAnalysisModelingError', 1610612791, 'modelling'],
  ['deviceBusy', 536870916, 'busy'],
  ['notSupport', 1073741825, 'unsupported'],
  ['lowPrivilege', 1073741826, 'credentials'],
])('%s is found by name in any case and by its number %i', (name, number, expected) => {
  expect(meaningOfName(name.toUpperCase())?.class).toBe(expected);
  expect(meaningOfNumber(number)?.class).toBe(expected);
});

test('both spellings of a failed download', () => {
  expect(meaningOfName('urlDownloadFail')).toEqual(meaningOfName('URLDownloadFailed'));
});

test('a code of no device is unknown', () => {
  expect(meaningOfName('toString')).toBeNull();
  expect(meaningOfNumber(1)).toBeNull();
});

test('a meaning is found by its stable code', () => {
  expect(meaningNamed('device_busy').class).toBe('busy');
});
