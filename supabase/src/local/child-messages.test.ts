import { expect, test } from 'vitest';
import { isChildMessage, isStartMessage } from './child-messages.ts';

test('only whole messages of ours are taken', () => {
  expect(isStartMessage({ dataDir: '/x', port: 0, temporary: true })).toBe(true);
  expect(isChildMessage({ type: 'ready' })).toBe(true);
  expect(isChildMessage({ type: 'failed' })).toBe(true);
  for (const other of [null, 1, 'ready', {}, { type: 'log' }, { dataDir: '/x' }]) {
    expect(isStartMessage(other)).toBe(false);
    expect(isChildMessage(other)).toBe(false);
  }
});
