import { expect, test } from 'vitest';
import { folderName } from './folder-name.ts';

test.each([
  [
    'one device of three > is offline: the others get everything',
    'one-device-of-three-is-offline-the-others-get-everything',
  ],
  ['../../etc/passwd', 'etc-passwd'],
  ['Țurcanu Ștefan', 'T-urcanu-S-tefan'],
  ['…', 'unnamed'],
  ['x'.repeat(500), 'x'.repeat(120)],
])('%s', (name, folder) => {
  expect(folderName(name)).toBe(folder);
});
