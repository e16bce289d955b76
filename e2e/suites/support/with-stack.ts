import { startStack } from '../../src/stack/embedded-stack.ts';
import type { Stack, StackOptions } from '../../src/stack/stack.ts';

/** Modelling takes seconds on a real terminal; here it only has to take some time. */
export const QUICK = { answerMs: 1, modellingMinMs: 2, modellingMaxMs: 5 };

/** A stack for one test, taken down whatever happens. */
export async function withStack(options: StackOptions, test: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack({ traits: QUICK, ...options });
  try {
    await test(stack);
  } finally {
    await stack.stop();
  }
}
