import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';

export interface SimOptions {
  from: number;
  count: number;
  /** One seed alone; null: `count` of them. */
  seed: number | null;
  trace: boolean;
  workers: number;
}

const MAX_SEEDS = 10_000_000;
const MAX_WORKERS = 64;

function whole(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(`${name} takes a whole number from ${low} to ${high}.`);
    return value;
  };
}

/** Reads the command line; a mistake ends the process with code 2 and a sentence that says what is accepted. */
export function readSimOptions(argv: string[]): SimOptions {
  const command = new Command('npm run sim --')
    .description(
      'Runs the sync engine against simulated terminals in virtual time: for each seed a company with faults, crashes\n' +
        'and changes, and at its end every terminal must be as wished. The last line of output is the result as JSON;\n' +
        'exit code 1 when something was violated.',
    )
    .option('--from <seed>', 'first seed', whole('--from', 0, MAX_SEEDS), 1)
    .option('--count <seeds>', 'how many seeds', whole('--count', 1, MAX_SEEDS), 200)
    .option('--seed <seed>', 'this seed alone', whole('--seed', 0, MAX_SEEDS))
    .option('--trace', 'print everything that happens', false)
    .option('--workers <count>', 'threads', whole('--workers', 1, MAX_WORKERS), availableParallelism())
    .allowExcessArguments(false)
    .showHelpAfterError('(npm run sim -- --help lists the options)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  const options = command.parse(argv, { from: 'user' }).opts<Omit<SimOptions, 'seed'> & { seed?: number }>();
  return { ...options, seed: options.seed ?? null };
}
