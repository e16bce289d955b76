import { Command } from 'commander';
import { acceptSerial, listDevices, retryCredentials } from './device-commands.ts';
import { UsageError } from './exit-codes.ts';
import { runSync, type RunOptions } from './run-command.ts';
import { cancelRun, listRuns, showRun } from './runs-commands.ts';
import { serve } from './serve-command.ts';
import type { Terminal } from './terminal.ts';

const EXAMPLES = `
Settings come from the environment; docs/generated/settings.md lists them all. The least:
  SUPABASE_URL, SUPABASE_SECRET_KEY, and for serving SUPABASE_JWT_SECRET or SUPABASE_JWKS_URL

Examples:
  sync                                     serve the API and work on what is asked for
  sync run                                 bring all devices in step now, and show what happened
  sync run --dry-run --dispozitiv <id>     what would be done on one device
  sync run --angajat <id> --photo-only     one face again, everywhere
  sync devices                             every device with its state and last error
  sync devices accept-serial <id>          the terminal was replaced by another one
  sync devices retry-credentials <id>      the terminal's password is right again
  sync runs show <id> --json               one run with every result

Exit codes: 0 done; 1 done in part or not at all; 2 options, settings or keys do not fit; 3 the database is away.
`;

/** The commands of the daemon's operator. `done` gets the exit code of the command that ran. */
export function buildProgram(terminal: Terminal, done: (exitCode: number) => void): Command {
  const finish = async (command: Promise<number>) => {
    done(await command);
  };
  const program = new Command('sync')
    .description('Keeps Hikvision face terminals in step with the employees in Supabase.')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(sync --help shows every command and option)')
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text);
      },
      writeErr: (text) => {
        terminal.note(text);
      },
    })
    .exitOverride();

  program
    .command('serve', { isDefault: true })
    .description('serve the HTTP API and work on what is asked for (the default)')
    // A word that is no command comes here, since this is the default.
    .allowExcessArguments()
    .action((_options: object, { args: [word] }: Command) => {
      if (word !== undefined)
        throw new UsageError(`There is no command "${word}". sync --help lists the commands.`);
      return finish(serve(terminal));
    });

  program
    .command('run')
    .description('one sync, worked on here, and its result')
    .option('--angajat <id>', 'one employee instead of all active ones')
    .option('--dispozitiv <id>', 'one device instead of all active ones')
    .option('--santier <id>', 'only devices of this site')
    .option('--photo-only', 'the face only (with --angajat)')
    .option('--full', 'send everything again')
    .option('--verify', 'read what is on the devices first, send what differs')
    .option('--dry-run', 'show what would be done, change nothing')
    .option('--json', 'the result as the API gives it')
    .action((options: RunOptions) => finish(runSync(options, terminal)));

  const devices = program
    .command('devices')
    .description('every device with its state and last error')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => finish(listDevices(options, terminal)));
  devices
    .command('accept-serial <id> [serial]')
    .description('another terminal stands there, and that is right: read it before anything is sent')
    .action((id: string, serial?: string) => finish(acceptSerial(id, serial, terminal)));
  devices
    .command('retry-credentials <id>')
    .description('let refused credentials be tried once more')
    .action((id: string) => finish(retryCredentials(id, terminal)));

  const runs = program
    .command('runs')
    .description('the last runs')
    .option('--limit <n>', 'how many', '20')
    .option('--json', 'as JSON')
    .action((options: { limit: string; json?: boolean }) => finish(listRuns(options, terminal)));
  runs
    .command('show <id>')
    .description('one run with its results')
    .option('--json', 'as the API gives it')
    .action((id: string, options: { json?: boolean }) => finish(showRun(id, options, terminal)));
  runs
    .command('cancel <id>')
    .description('stop a run after the calls in flight')
    .action((id: string) => finish(cancelRun(id, terminal)));
  return program;
}
