import type { ControlServer } from '../control/listen.ts';
import { FaultError } from '../faults/fault-error.ts';
import type { Fleet } from '../fleet-types.ts';
import { ProfileError } from '../profiles/profile-error.ts';
import { announceJson, announceText } from './announce.ts';
import { readFleetFile } from './fleet-file.ts';
import { parseCommandLine } from './options.ts';
import { planFleet, type PlannedFleet } from './plan-fleet.ts';
import { UsageError } from './usage-error.ts';

export interface CommandIo {
  print: (text: string) => void;
  complain: (text: string) => void;
  /** Resolves when the command is to end. */
  stopped: Promise<void>;
}

const EXIT_USAGE = 2;
const EXIT_FAILED = 1;

/** The `simulator` command from its arguments to its exit code; it runs until `io.stopped` resolves. */
export async function runCommand(argv: readonly string[], io: CommandIo): Promise<number> {
  try {
    const line = parseCommandLine(argv, io.print);
    if (line === null) return 0;
    const planned = planFleet(line, line.fleet === undefined ? null : readFleetFile(line.fleet));
    await serve(planned, line.json, io);
    return 0;
  } catch (error) {
    io.complain(`simulator: ${error instanceof Error ? error.message : String(error)}`);
    if (!isUsage(error)) return EXIT_FAILED;
    io.complain('npm run simulator -- --help lists the options with examples.');
    return EXIT_USAGE;
  }
}

async function serve(planned: PlannedFleet, json: boolean, io: CommandIo): Promise<void> {
  // Loaded now, so that --help and a mistyped option answer at once.
  const { startFleet } = await import('../fleet.ts');
  let fleet: Fleet | null = null;
  let control: ControlServer | null = null;
  try {
    fleet = await startFleet(planned.fleet);
    control = await openControl(fleet, planned, io);
    io.print(`${json ? announceJson(control.url, fleet) : announceText(control.url, fleet)}\n`);
    await io.stopped;
  } finally {
    await control?.stop();
    await fleet?.stop();
  }
}

async function openControl(fleet: Fleet, planned: PlannedFleet, io: CommandIo): Promise<ControlServer> {
  const { controlHost: host, controlPort: port } = planned;
  const { listenControl } = await import('../control/listen.ts');
  try {
    return await listenControl({
      fleet,
      host,
      port,
      onDefect: (error) => {
        io.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new Error(
        `Port ${port} on ${host} is in use, so the control API cannot listen. Is another simulator running? Stop it, or choose --control-port.`,
        { cause: error },
      );
    throw error;
  }
}

function isUsage(error: unknown): boolean {
  return error instanceof UsageError || error instanceof FaultError || error instanceof ProfileError;
}
