import { afterAll, afterEach, beforeAll } from 'vitest';
import { startContainerStack, type ContainerStack } from '../../src/stack/containers/container-stack.ts';
import type { HostOptions } from '../../src/stack/containers/start-containers.ts';
import type { StackOptions } from '../../src/stack/stack.ts';
import { keepEvidence } from '../../suites/support/keep-evidence.ts';
import { QUICK } from '../../suites/support/with-stack.ts';

/** One stack of hosts for the tests of a file, each terminal a host of its own; taken down whatever happens. */
export function useContainerStack(options: StackOptions & HostOptions): { readonly stack: ContainerStack } {
  let running: ContainerStack | null = null;
  beforeAll(async () => {
    running = await startContainerStack({ traits: QUICK, terminalHosts: 'own', ...options });
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
