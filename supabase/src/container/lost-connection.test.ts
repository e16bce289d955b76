import { expect, test } from 'vitest';
import { isLostConnection } from './lost-connection.ts';

const at = (error: Error, place: string) =>
  Object.assign(error, { stack: `${String(error)}\n    at Immediate.nextWrite (${place})` });

test('the driver writing to a socket that is gone is a lost connection; other mistakes are not', () => {
  const message = "Cannot read properties of null (reading 'write')";
  const driver = 'file:///app/node_modules/postgres/src/connection.js:255:22';
  expect(isLostConnection(at(new TypeError(message), driver))).toBe(true);
  expect(
    isLostConnection(at(new TypeError(message), 'file:///app/supabase/dist/local/serve-lite.js:9:1')),
  ).toBe(false);
  expect(isLostConnection(at(new Error('no pg_hba.conf entry'), driver))).toBe(false);
  expect(isLostConnection('write')).toBe(false);
});
