import { PortKeeper } from './port-keeper.ts';
import type { FleetParts, TerminalParts } from './wire-terminal.ts';

/** Opens and closes a terminal's port as its power and its faults want it. `port` is where it listens; 0: a free one, kept. */
export function keepPort(
  { server, faults, power }: Pick<TerminalParts, 'server' | 'faults' | 'power'>,
  port: number,
  { clock, onDefect }: Pick<FleetParts, 'clock' | 'onDefect'>,
): PortKeeper {
  return new PortKeeper({
    port: {
      open: () => server.open(server.port === 0 ? port : server.port),
      close: () => server.close(),
    },
    wished: () => {
      faults.settle();
      const { closed, changesInMs } = faults.portState();
      const waits = [changesInMs, power.backInMs].filter((ms) => ms !== null);
      return {
        open: power.state === 'on' && !closed,
        changesInMs: waits.length === 0 ? null : Math.min(...waits),
      };
    },
    clock,
    onDefect,
  });
}
