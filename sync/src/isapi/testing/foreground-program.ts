import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** What is kept of a program's output for the message when it does not start. */
const MAX_OUTPUT_CHARS = 4_000;
const START_TIMEOUT_MS = 10_000;

export interface ForegroundProgram {
  stop(): Promise<void>;
}

/** Starts a program and resolves once its output has `readyText`; rejects with its last output when it ends before. */
export async function startForegroundProgram(
  program: string,
  args: string[],
  readyText: string,
): Promise<ForegroundProgram> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => {
      // Not SIGKILL: a web server takes its workers along only when it is asked to end.
      child.kill('SIGTERM');
      reject(new Error(`${program} ${why} before "${readyText}". Its output ended with: ${output}`));
    };
    const timer = setTimeout(() => {
      fail(`was silent for ${START_TIMEOUT_MS} ms`);
    }, START_TIMEOUT_MS);
    const onOutput = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-MAX_OUTPUT_CHARS);
      if (!output.includes(readyText)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code ?? 'a signal'}`);
    });
  });
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A port nobody listens on just now, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
