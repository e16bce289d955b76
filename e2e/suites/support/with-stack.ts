import { startStack } from '../../src/stack/embedded-stack.ts';
import type { Stack, StackOptions } from '../../src/stack/stack.ts';

/** A stack for one test, taken down whatever happens. */
export async function withStack(options: StackOptions, test: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack(options);
  try {
    await test(stack);
  } finally {
    await stack.stop();
  }
}
