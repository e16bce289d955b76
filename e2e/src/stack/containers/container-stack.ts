import { furnish } from '../furnish.ts';
import type { Stack, StackOptions } from '../stack.ts';
import { startContainers, type ContainerGround, type HostOptions } from './start-containers.ts';

/** A stack of containers, for suites about what only hosts can show. */
export type ContainerStack = Stack & { readonly ground: ContainerGround };

export function startContainerStack(options: StackOptions & HostOptions = {}): Promise<ContainerStack> {
  const { terminalHosts, databaseHost, ...rest } = options;
  return furnish(rest, (ground) =>
    startContainers(ground, {
      ...(terminalHosts && { terminalHosts }),
      ...(databaseHost && { databaseHost }),
    }),
  );
}
