import { startStack } from '../../src/stack/start-stack.ts';
import type { Stack, StackOptions } from '../../src/stack/stack.ts';
import { keepEvidence } from './keep-evidence.ts';

/** Modelling takes seconds on a real terminal; here it only has to take some time. */
export const QUICK = { answerMs: 1, modellingMinMs: 2, modellingMaxMs: 5 };

/** A stack for one test, taken down whatever happens; a failing test leaves its evidence. */
export async function withStack(options: StackOptions, test: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack({ traits: QUICK, ...options });
  try {
    await test(stack);
  } catch (error) {
    await keepEvidence(stack);
    throw error;
  } finally {
    await stack.stop();
  }
}
