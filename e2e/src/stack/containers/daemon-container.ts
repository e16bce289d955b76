import { GenericContainer, Wait } from 'testcontainers';
import type { DaemonHandle } from '../stack.ts';
import { containerLines } from './container-lines.ts';
import { dockerEngine, ownerLabels, removeContainer } from './docker.ts';
import { hostOf, type Host } from './host.ts';
import { images } from './images.ts';

const PORT = 8080;
/** A container's host name, which leases are signed with, is the beginning of its id. */
const HOST_NAME_CHARS = 12;
const STOP_TIMEOUT_S = 20;

/** testcontainers has no word for it. */
class ReadOnlyContainer extends GenericContainer {
  constructor(image: string) {
    super(image);
    this.hostConfig.ReadonlyRootfs = true;
  }
}

/** The daemon as production deploys it: its image, read-only, without capabilities, on a host of its own. */
export async function startDaemonContainer(
  network: string,
  name: string,
  env: Record<string, string>,
): Promise<{ daemon: DaemonHandle; host: Host; remove: () => Promise<void> }> {
  const { lines, consume, ended } = containerLines();
  const started = await new ReadOnlyContainer(images.daemon)
    .withEnvironment({ ...env, HOST: '0.0.0.0', PORT: String(PORT) })
    .withLabels(ownerLabels)
    .withDroppedCapabilities('ALL')
    .withNetworkMode(network)
    .withNetworkAliases(name)
    .withExposedPorts(PORT)
    .withLogConsumer(consume)
    .withWaitStrategy(Wait.forLogMessage(/"msg":"listening"/))
    .start()
    .catch((cause: unknown) => {
      throw new Error(`The daemon did not listen:\n${lines.tail()}`, { cause });
    });
  const id = started.getId();
  const container = (await dockerEngine()).getContainer(id);
  const exited = container
    .wait()
    .then(({ StatusCode }: { StatusCode: number }) => StatusCode)
    // Removed before it was asked.
    .catch(() => null);
  const unlessEnded = (work: Promise<unknown>) => work.then(() => exited).catch(() => exited);
  const daemon: DaemonHandle = {
    url: `http://${started.getHost()}:${started.getMappedPort(PORT)}`,
    pid: null,
    isHolder: (holder) => holder.startsWith(`${id.slice(0, HOST_NAME_CHARS)}-`),
    exited,
    logs: () => lines.entries(),
    waitForLog: (fits, after = 0) => lines.waitFor(fits, after, ended),
    output: () => lines.text(),
    stop: async () => {
      await unlessEnded(container.stop({ t: STOP_TIMEOUT_S }));
      await ended;
    },
    kill: async () => {
      await unlessEnded(container.kill());
      await ended;
    },
    freeze: () => host.freeze(),
    thaw: () => host.thaw(),
  };
  const host = hostOf(id, network, name);
  return { daemon, host, remove: () => removeContainer(id) };
}
