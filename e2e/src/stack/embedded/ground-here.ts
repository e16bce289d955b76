import { listenControl, startFleet } from '@pontaj/simulator';
import path from 'node:path';
import type { Ending } from '../ending.ts';
import type { Ground, GroundOptions } from '../ground.ts';
import type { SupabaseAccess } from '../stack.ts';
import { startDaemonProcess } from './daemon-process.ts';
import { deviceInProcess } from './device-in-process.ts';
import { runCli } from './run-cli.ts';

/** In the data folder of a stack that has one: what the daemon started last has printed. */
export const DAEMON_LOG = 'daemon.log';

/** Terminals in this process and daemons in child processes, on a Supabase of this machine. Ends with `ending`. */
export async function groundHere(
  supabase: SupabaseAccess,
  options: GroundOptions,
  ending: Ending,
): Promise<Ground> {
  const { dataDir, ports } = options;
  const fleet = await startFleet({
    devices: options.devices ?? 3,
    ...(options.traits && { traits: options.traits }),
    port: ports?.devices ?? 0,
    ...options.terminalAccount,
    seed: options.seed ?? 1,
    // What the terminals hold must last as long as what the database remembers of them.
    ...(dataDir && { stateDir: path.join(dataDir, 'terminals') }),
  });
  ending.add(() => fleet.stop());
  const control =
    ports?.control === undefined
      ? null
      : await listenControl({ fleet, host: '127.0.0.1', port: ports.control });
  if (control) ending.add(() => control.stop());
  return {
    supabase: { ...supabase, innerUrl: supabase.url },
    terminals: fleet.devices.map(deviceInProcess),
    controlUrl: control?.url ?? null,
    startDaemon: async (env) => {
      const logFile = dataDir && path.join(dataDir, DAEMON_LOG);
      const daemon = await startDaemonProcess({ PORT: String(ports?.daemon ?? 0), ...env }, logFile);
      ending.add(() => daemon.stop());
      return daemon;
    },
    runCli,
    outputs: () => Promise.resolve({}),
    stop: () => ending.run(),
  };
}
