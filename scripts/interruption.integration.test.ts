import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const MODULE = pathToFileURL(path.join(import.meta.dirname, 'interruption.ts')).href;

/** Runs a program that has `beforeInterruption`, and sends it a signal once it says `ready`. */
async function interrupted(
  program: string,
  signal: NodeJS.Signals,
): Promise<{ said: string[]; by: unknown }> {
  const child = spawn(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval'],
      `import { beforeInterruption } from ${JSON.stringify(MODULE)}; ${program}
       setInterval(() => undefined, 1000); console.log('ready');`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') child.kill(signal);
    else said.push(line);
  });
  const [, by] = (await once(child, 'close')) as [unknown, unknown];
  return { said, by };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s waits for what has to be ended, last begun first, and then ends the process',
  async (signal) => {
    const program = `
      beforeInterruption(async (signal) => { await new Promise(setImmediate); console.log('engine ' + signal); });
      beforeInterruption(() => Promise.reject(new Error('this one fails, the others run all the same')));
      beforeInterruption(async () => { await new Promise(setImmediate); console.log('child'); });`;
    expect(await interrupted(program, signal)).toEqual({ said: ['child', `engine ${signal}`], by: signal });
  },
);

test('what was taken back is not run', async () => {
  const program = `beforeInterruption(async () => console.log('engine'))();`;
  expect(await interrupted(program, 'SIGTERM')).toEqual({ said: [], by: 'SIGTERM' });
});
