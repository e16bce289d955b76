import { afterAll, afterEach, beforeAll } from 'vitest';
import { startStack } from '../../src/stack/start-stack.ts';
import type { Stack, StackOptions } from '../../src/stack/stack.ts';
import { keepEvidence } from './keep-evidence.ts';
import { QUICK } from './with-stack.ts';

/** One stack for all tests of a file, each with terminals of its own or with what the one before left. */
export function useStack(options: StackOptions): { readonly stack: Stack } {
  let running: Stack | null = null;
  beforeAll(async () => {
    running = await startStack({ traits: QUICK, ...options });
  });
  afterEach(async ({ task }) => {
    if (running && task.result?.state === 'fail') await keepEvidence(running);
  });
  afterAll(async () => {
    await running?.stop();
  });
  return {
    get stack() {
      if (!running) throw new Error('The stack runs only during tests: use it inside test() or a hook.');
      return running;
    },
  };
}
