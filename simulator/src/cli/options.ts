import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { MAX_DEVICES } from '../fleet/device-spec.ts';
import { helpAfter } from './help.ts';
import { UsageError } from './usage-error.ts';

const MAX_PORT = 65_535;
/** Seeds are 32-bit. */
const MAX_SEED = 2 ** 32 - 1;

/** What the command line says. Absent: neither given nor defaulted, so that a fleet file may decide. */
export interface CommandLine {
  devices?: number;
  port?: number;
  controlPort?: number;
  host?: string;
  controlHost?: string;
  username?: string;
  password?: string;
  profile?: string;
  seed?: number;
  faults?: string[];
  fleet?: string;
  state?: string;
  downloadHosts?: string[];
  json: boolean;
}

function wholeNumber(name: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(
        `${name} takes a whole number from ${low} to ${high}, for example ${name} ${Math.min(high, Math.max(low, 3))}.`,
      );
    return value;
  };
}

function filled(name: string, example: string): (text: string) => string {
  return (text) => {
    if (text.trim() === '')
      throw new InvalidArgumentError(`${name} is empty; give a value, for example ${name} ${example}.`);
    return text;
  };
}

function nameList(name: string, example: string): (text: string, before?: string[]) => string[] {
  return (text, before = []) => {
    const names = text.split(',').map((part) => part.trim());
    if (names.some((part) => part === ''))
      throw new InvalidArgumentError(
        `${name} takes names with commas between, for example ${name} ${example}.`,
      );
    return [...before, ...names];
  };
}

export function buildCommand(): Command {
  return new Command('npm run simulator --')
    .description(
      'Simulated Hikvision face terminals. Each has an own address, answers ISAPI\n' +
        'from its own state behind digest authentication, and fails the way real\n' +
        'ones do when asked to.',
    )
    .option('--devices <count>', 'number of terminals (default: 3)', wholeNumber('--devices', 1, MAX_DEVICES))
    .option(
      '--port <first>',
      'terminal k listens on this port + k; 0: any free ports (default: 9101)',
      wholeNumber('--port', 0, MAX_PORT),
    )
    .option(
      '--control-port <port>',
      'control API and page; 0: a free port (default: 9100)',
      wholeNumber('--control-port', 0, MAX_PORT),
    )
    .option(
      '--host <address>',
      'address the terminals listen on (default: 127.0.0.1, this machine only)',
      filled('--host', '0.0.0.0'),
    )
    .option(
      '--control-host <address>',
      'address of the control API, which has no login (default: 127.0.0.1)',
      filled('--control-host', '0.0.0.0'),
    )
    .option('--username <name>', 'account of every terminal (default: admin)', filled('--username', 'admin'))
    .option('--password <text>', 'its password (default: Parola-123)', filled('--password', 'Parola-123'))
    .option(
      '--profile <name or file>',
      'model and firmware (default: generic); see below',
      filled('--profile', 'ds-k1t342mfwx'),
    )
    .option(
      '--faults <sets>',
      'packaged faults for every terminal, with commas between; see below',
      nameList('--faults', 'flaky-vpn,slow-modelling'),
    )
    .option(
      '--fleet <file>',
      'YAML file that describes the terminals one by one',
      filled('--fleet', 'fleet.yaml'),
    )
    .option(
      '--state <folder>',
      'keep what the terminals remember here across restarts',
      filled('--state', 'state'),
    )
    .option(
      '--seed <number>',
      'everything random comes from it (default: 1)',
      wholeNumber('--seed', 0, MAX_SEED),
    )
    .option(
      '--download-hosts <hosts>',
      'hosts from which a terminal may download photos; * for any (default: this machine)',
      nameList('--download-hosts', 'photos.example.org,127.0.0.1'),
    )
    .option('--json', 'when ready, print one line of JSON instead of a table')
    .addHelpText('after', helpAfter)
    .allowExcessArguments(false)
    .showSuggestionAfterError(true);
}

/**
 * Reads the command line. Null: help was asked for and printed.
 * @param print takes the help text
 * @throws UsageError
 */
export function parseCommandLine(argv: readonly string[], print: (text: string) => void): CommandLine | null {
  const command = buildCommand()
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => undefined });
  try {
    return { json: false, ...command.parse(argv, { from: 'user' }).opts<Partial<CommandLine>>() };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(error.message.replace(/^error: /, ''), { cause: error });
  }
}
