import type { CommandResult } from '../stack.ts';
import { dockerEngine, ownerLabels, removeContainer } from './docker.ts';
import { unframed } from './unframed.ts';

/** A command in a container of its own, in a network, until it ends. */
export async function runToEnd(
  image: string,
  network: string,
  env: Record<string, string>,
  args: string[],
): Promise<CommandResult> {
  const container = await (
    await dockerEngine()
  ).createContainer({
    Image: image,
    Cmd: args,
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    Labels: ownerLabels,
    HostConfig: { NetworkMode: network },
  });
  try {
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const [stdout, stderr] = await Promise.all([
      container.logs({ stdout: true, stderr: false }),
      container.logs({ stdout: false, stderr: true }),
    ]);
    return { exitCode: StatusCode, stdout: unframed(stdout), stderr: unframed(stderr) };
  } finally {
    await removeContainer(container.id);
  }
}
