import { Command } from 'commander';
import { within } from '../demo/options.ts';

export interface StartOptions {
  devices: number;
  employees: number;
  supabasePort: number;
  daemonPort: number;
  devicePort: number;
  controlPort: number;
}

const port = (name: string) => within(name, 0, 65_535);

/** Reads the command line of `npm start`; a mistake ends the process with code 2 and a teaching sentence. */
export function readStartOptions(argv: string[]): StartOptions {
  return new Command('npm start --')
    .description(
      'Runs a local Supabase, simulated terminals and the sync daemon until Ctrl-C. Data is kept in .local/.',
    )
    .option('--devices <count>', 'number of simulated terminals', within('--devices', 1, 200), 3)
    .option(
      '--employees <count>',
      'invented employees in an empty database',
      within('--employees', 0, 1000),
      12,
    )
    .option('--supabase-port <port>', 'port of the Supabase API', port('--supabase-port'), 54321)
    .option('--daemon-port <port>', 'port of the sync daemon', port('--daemon-port'), 8080)
    .option(
      '--device-port <port>',
      'port of the first terminal; the next ones follow',
      port('--device-port'),
      9101,
    )
    .option(
      '--control-port <port>',
      "port of the simulator's control API and page",
      port('--control-port'),
      9100,
    )
    .allowExcessArguments(false)
    .showHelpAfterError('(npm start -- --help lists the options)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse(argv, { from: 'user' })
    .opts<StartOptions>();
}
