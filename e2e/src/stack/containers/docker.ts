import { getContainerRuntimeClient } from 'testcontainers';

/** On everything that stacks start, with the process that did: what a killed run left is found by it. */
const OWNER_LABEL = 'pontaj.e2e.pid';
export const ownerLabels = { [OWNER_LABEL]: String(process.pid) };
const COMPOSE_LABEL = 'com.docker.compose.project';
/** Compose puts no label of ours on what it makes: a proof's project has the process in its name. */
const PROOF = 'pontaj-proof-';
export const proofProject = `${PROOF}${process.pid}`;

/** The process that started what has these labels; null: none of ours did, and it is not ours to remove. */
export function ownerOf(labels: Readonly<Record<string, string>> | undefined): number | null {
  const project = labels?.[COMPOSE_LABEL];
  const pid = labels?.[OWNER_LABEL] ?? (project?.startsWith(PROOF) ? project.slice(PROOF.length) : '');
  return /^[1-9]\d*$/.test(pid) ? Number(pid) : null;
}

/** The docker engine itself, for what testcontainers has no words for. */
export async function dockerEngine() {
  return (await getContainerRuntimeClient()).container.dockerode;
}

/** Removes a container in whatever state; one that is gone already is fine. */
export async function removeContainer(id: string): Promise<void> {
  await unlessGone((await dockerEngine()).getContainer(id).remove({ force: true, v: true }));
}

/** Ports of its containers are published on this machine's loopback address, as far as that is where the engine is. */
async function publishAtHome(): Promise<Record<string, string>> {
  const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
  return /^(localhost|127\..*)$/.test(host)
    ? { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' }
    : {};
}

/**
 * A network in which hosts may ask for an address of their choice. Docker allows that only where the subnet was given:
 * it is let choose one first.
 */
export async function createNetwork(name: string): Promise<void> {
  const engine = await dockerEngine();
  const options = { Name: name, Driver: 'bridge', Labels: ownerLabels, Options: await publishAtHome() };
  const draft = await engine.createNetwork(options);
  const { IPAM } = (await draft.inspect()) as { IPAM: { Config?: { Subnet: string }[] } };
  await draft.remove();
  const Subnet = IPAM.Config?.[0]?.Subnet;
  if (Subnet === undefined) throw new Error(`Docker gave the network ${name} no subnet.`);
  await engine.createNetwork({ ...options, IPAM: { Driver: 'default', Config: [{ Subnet }] } });
}

export async function removeNetwork(name: string): Promise<void> {
  await unlessGone((await dockerEngine()).getNetwork(name).remove());
}

/** Removes what runs that are no more have left: their containers, then their networks and volumes. */
export async function sweepAbandoned(isAlive: (pid: number) => boolean = processIsAlive): Promise<number> {
  const engine = await dockerEngine();
  const abandoned = ({ Labels }: { Labels?: Record<string, string> }) => {
    const owner = ownerOf(Labels);
    return owner !== null && !isAlive(owner);
  };
  const containers = (await engine.listContainers({ all: true })).filter(abandoned);
  await Promise.all(containers.map(({ Id }) => removeContainer(Id)));
  const networks = (await engine.listNetworks()).filter(abandoned);
  await Promise.all(networks.map(({ Name }) => removeNetwork(Name)));
  const volumes = (await engine.listVolumes()).Volumes.filter(abandoned);
  await Promise.all(volumes.map(({ Name }) => unlessGone(engine.getVolume(Name).remove())));
  return containers.length + networks.length + volumes.length;
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    // 404: gone. 409: somebody else is removing it.
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
    if (status !== 404 && status !== 409) throw error;
  }
}

function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
