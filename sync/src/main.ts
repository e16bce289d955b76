import process from 'node:process';
import { runCli } from './cli/run-cli.ts';
import type { Terminal } from './cli/terminal.ts';
import { processEnvironment } from './config.ts';

/** What a shell shows for a process ended by Ctrl-C. */
const EXIT_INTERRUPTED = 130;

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // The first asks to end well; the second time somebody means it.
    if (interrupted.signal.aborted) process.exit(EXIT_INTERRUPTED);
    interrupted.abort();
  });

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY,
  environment: processEnvironment,
  interrupted: interrupted.signal,
};

process.exitCode = await runCli(process.argv.slice(2), terminal);
