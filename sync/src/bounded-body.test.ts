import { expect, test } from 'vitest';
import { readBoundedBody } from './bounded-body.ts';

const body = (...parts: string[]) => new Response(parts.join('')).body;

test('a body up to the bound comes whole', async () => {
  expect(String(await readBoundedBody(body('ab', 'cd'), 4))).toBe('abcd');
  expect(await readBoundedBody(null, 4)).toEqual(Buffer.alloc(0));
});

test('a longer one is given up at once, though the sender never ends', async () => {
  let cancelled = false;
  const endless = {
    getReader: () => ({
      read: () => Promise.resolve({ done: false, value: new Uint8Array(3) }),
      cancel: () => {
        cancelled = true;
        return new Promise<void>(() => undefined);
      },
    }),
  };
  expect(await readBoundedBody(endless, 4)).toBeNull();
  expect(cancelled).toBe(true);
});
