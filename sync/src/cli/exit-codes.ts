import { CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { ScopeError } from '../engine/run/submit.ts';
import { ListenError } from '../http/server.ts';
import { StoreRejectedError, StoreUnreachableError } from '../store/store-errors.ts';

/** The command ran and what it did went well only in part, or not at all. */
export const EXIT_FAILED = 1;
/** The command could not run: options, settings, keys or ids do not fit. */
const EXIT_USAGE = 2;
/** The database does not answer: later it may. */
const EXIT_UNAVAILABLE = 3;

/** A message for people that says what to do; ends the command with code 2. */
export class UsageError extends Error {
  readonly code = 'usage';
}

const teaches = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof UsageError ||
  error instanceof ScopeError ||
  error instanceof StoreRejectedError ||
  error instanceof ListenError;

/**
 * What a command that threw should say and end with. Errors that are meant for people say their message alone; what is
 * not expected keeps its stack.
 */
export function explainFailure(error: unknown): { message: string; exitCode: number } {
  // commander has said its sentence already, and ends with 0 after --help.
  if (error instanceof CommanderError)
    return { message: '', exitCode: error.exitCode === 0 ? 0 : EXIT_USAGE };
  if (error instanceof StoreUnreachableError)
    return {
      message: `${error.message}\nIs SUPABASE_URL right, and is Supabase running?`,
      exitCode: EXIT_UNAVAILABLE,
    };
  if (teaches(error)) return { message: error.message, exitCode: EXIT_USAGE };
  return {
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    exitCode: EXIT_FAILED,
  };
}
