import { Command, InvalidArgumentError } from 'commander';

export interface DemoOptions {
  devices: number;
  employees: number;
  /** Stop when it is done, even if somebody sits at the terminal. */
  once: boolean;
  json: boolean;
}

const MAX_DEVICES = 200;
const MAX_EMPLOYEES = 1000;

/** Reads the command line; a mistake ends the process with code 2 and a sentence that names option, value and remedy. */
export function readDemoOptions(argv: string[]): DemoOptions {
  const command = new Command('npm run demo --')
    .description(
      'Fills a local Supabase with invented employees, starts simulated face terminals and the sync daemon,\n' +
        'synchronises, and shows what is on every terminal. Everything runs on this machine and is gone afterwards.',
    )
    .option('--devices <count>', 'number of simulated terminals', within('--devices', 1, MAX_DEVICES), 3)
    .option(
      '--employees <count>',
      'number of invented employees',
      within('--employees', 0, MAX_EMPLOYEES),
      12,
    )
    .option('--once', 'stop when done instead of staying open for a look', false)
    .option('--json', 'last line of standard output is the result as JSON; implies --once', false)
    .allowExcessArguments(false)
    .showHelpAfterError('(npm run demo -- --help lists the options)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  return command.parse(argv, { from: 'user' }).opts<DemoOptions>();
}

/** A whole number within bounds, for commander. */
export function within(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new InvalidArgumentError(
        `${name} takes a whole number from ${low} to ${high}, for example ${name} 3.`,
      );
    }
    return value;
  };
}
