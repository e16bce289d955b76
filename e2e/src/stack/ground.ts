import type { CommandResult, DaemonHandle, StackOptions, SupabaseAccess, Terminal } from './stack.ts';

/** What a backend provides; the stack is furnished on it, the same for all of them. */
export interface Ground {
  readonly supabase: SupabaseAccess & {
    /** Where the daemon and the terminals reach it; `url` is for this process. */
    readonly innerUrl: string;
  };
  readonly terminals: readonly Terminal[];
  readonly controlUrl: string | null;
  /** Resolves once it listens. */
  startDaemon(env: Record<string, string>): Promise<DaemonHandle>;
  /** One of the operator's commands, with the daemon's settings. */
  runCli(env: Record<string, string>, args: string[]): Promise<CommandResult>;
  /** What the parts that are hosts have printed, by a name for each; daemons tell theirs themselves. */
  outputs(): Promise<Record<string, string>>;
  /** Ends everything, daemons too; safe to call twice. */
  stop(): Promise<void>;
}

/** What a backend needs to know; the account is the same for every terminal. */
export interface GroundOptions extends StackOptions {
  terminalAccount: { username: string; password: string };
}
