import { dockerEngine } from './docker.ts';
import { unframed } from './unframed.ts';

const MAX_LINES = 2000;

/** For `reconnect`: whichever is free; what a host had may have been given to another one. */
export const ANY_ADDRESS = 'any';

/** A container as a host of its own: what can happen to a machine that cannot happen to a process. */
export interface Host {
  readonly containerId: string;
  /** In the stack's network; fails while it is cut off. */
  ipAddress(): Promise<string>;
  /** Off the stack's network, as a pulled cable: nothing arrives and nothing is refused. */
  cutOff(): Promise<void>;
  /** On the network again, under its name: with the address it had, another one, or whichever is free. */
  reconnect(address?: string): Promise<void>;
  /** It gets no processor time until `thaw`; its connections stay open. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** When it was last started, by the clock of this machine. */
  startedAtMs(): Promise<number>;
  /** What it has printed, the last lines. */
  output(): Promise<string>;
  /** A power cut and back: what runs on it ends at once and starts again, with its data. */
  restart(): Promise<void>;
}

/** The host of a container that is in `network` under `name`. */
export function hostOf(containerId: string, network: string, name: string): Host {
  const container = async () => (await dockerEngine()).getContainer(containerId);
  const line = async () => (await dockerEngine()).getNetwork(network);
  const ipAddress = async () => {
    const { NetworkSettings } = await (await container()).inspect();
    const address = NetworkSettings.Networks[network]?.IPAddress;
    if (!address) throw new Error(`${name} is not on the network ${network}.`);
    return address;
  };
  let lastAddress = '';
  return {
    containerId,
    ipAddress,
    cutOff: async () => {
      lastAddress = await ipAddress();
      await (await line()).disconnect({ Container: containerId, Force: true });
    },
    reconnect: async (address = lastAddress) => {
      await (
        await line()
      ).connect({
        Container: containerId,
        EndpointConfig: {
          Aliases: [name],
          ...(address !== ANY_ADDRESS && { IPAMConfig: { IPv4Address: address } }),
        },
      });
    },
    freeze: async () => {
      await (await container()).pause();
    },
    thaw: async () => {
      await (await container()).unpause();
    },
    startedAtMs: async () => {
      const { State } = await (await container()).inspect();
      return Date.parse(State.StartedAt);
    },
    output: async () => {
      const { State } = await (await container()).inspect();
      const said = await (await container()).logs({ stdout: true, stderr: true, tail: MAX_LINES });
      return `${State.Status}, exit code ${State.ExitCode}\n${unframed(said)}`;
    },
    restart: async () => {
      await (await container()).restart({ t: 0 });
    },
  };
}
