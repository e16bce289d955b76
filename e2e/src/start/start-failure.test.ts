import { expect, it } from 'vitest';
import { startFailure } from './start-failure.ts';

it('tells what is for people without a stack', () => {
  const inUse = Object.assign(new RangeError('The data folder x is in use.'), { code: 'folder_in_use' });
  expect(startFailure(inUse)).toBe('The data folder x is in use.');
  expect(startFailure(new Error('The daemon ended with code 2.'))).toBe('The daemon ended with code 2.');
});

it('keeps the stack of a mistake of ours', () => {
  expect(startFailure(new TypeError('x is undefined'))).toContain('start-failure.test.ts');
  expect(startFailure('odd')).toBe('odd');
});
