import { expect, test } from 'vitest';
import type { RunScope } from './run.ts';
import { scopeKey } from './scope-key.ts';

const scope: RunScope = {
  kind: 'sync-all-to-all-devices',
  employeeId: null,
  deviceId: null,
  siteId: null,
  work: 'person-and-face',
  mode: 'incremental',
  execution: 'perform',
};

test('whatever changes the work changes the key; who asked through which endpoint does not', () => {
  const changes: Partial<RunScope>[] = [
    { employeeId: 'e' },
    { deviceId: 'e' },
    { siteId: 'e' },
    { work: 'face-only' },
    { mode: 'full' },
    { mode: 'verify' },
    { execution: 'plan' },
  ];
  const keys = [scope, ...changes.map((change) => ({ ...scope, ...change }))].map(scopeKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(scopeKey({ ...scope, kind: 'sync-all-to-device' })).toBe(scopeKey(scope));
});
