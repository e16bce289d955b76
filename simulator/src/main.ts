import { runCommand } from './cli/run.ts';

/** A second Ctrl-C does not wait for anything. */
const EXIT_INTERRUPTED = 130;

const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      resolve();
      process.once('SIGINT', () => process.exit(EXIT_INTERRUPTED));
    });
});

// A reader that closes the pipe, as `head -1` does, does not stop the terminals.
process.stdout.on('error', () => undefined);

process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(`${text}\n`),
  stopped,
});
