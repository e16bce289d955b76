import { explainFailure } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * One command, from its words to its exit code; never throws.
 * @param words what the user typed after the program's name.
 */
export async function runCli(words: string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const program = buildProgram(terminal, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    const { message, exitCode } = explainFailure(error);
    if (message !== '') terminal.note(`${message}\n`);
    return exitCode;
  }
}
