import { startLocalSupabase } from '@pontaj/supabase';
import { listenControl, startFleet } from '@pontaj/simulator';
import path from 'node:path';
import { Ending } from '../ending.ts';
import type { Ground, GroundOptions } from '../ground.ts';
import { startDaemonProcess } from './daemon-process.ts';
import { deviceInProcess } from './device-in-process.ts';
import { runCli } from './run-cli.ts';

/**
 * Database, terminals and daemon on this machine without containers: the local Supabase in a child process, the
 * terminals in this process, daemons in child processes.
 */
export async function startEmbedded(options: GroundOptions): Promise<Ground> {
  const { dataDir, ports } = options;
  const ending = new Ending();
  try {
    const supabase = await startLocalSupabase({
      dataDir: dataDir && path.join(dataDir, 'supabase'),
      port: ports?.supabase ?? 0,
    });
    ending.add(() => supabase.stop());
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
        const daemon = await startDaemonProcess({ PORT: String(ports?.daemon ?? 0), ...env });
        ending.add(() => daemon.stop());
        return daemon;
      },
      runCli,
      outputs: () => Promise.resolve({}),
      stop: () => ending.run(),
    };
  } catch (error) {
    await ending.run();
    throw error;
  }
}
