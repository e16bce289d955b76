import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OutputTail } from '../postgres/output-tail.ts';
import { StackError } from '../stack-error.ts';
import { isChildMessage, type ChildMessage, type StartMessage } from './child-messages.ts';
import type { ProjectKeys } from './keys.ts';
import { removeProject, sweepAbandonedProjects, TEMPORARY_PREFIX } from './project-folder.ts';

const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 20_000;

export interface LocalSupabaseOptions {
  /** Postgres data, photos and keys; survives restarts. Absent: a temporary folder, removed at stop. */
  dataDir?: string | undefined;
  /** Of the API, on 127.0.0.1; 0 or absent: any free one. */
  port?: number | undefined;
}

export interface LocalSupabase extends ProjectKeys {
  /** What SUPABASE_URL should be. */
  url: string;
  /** The database itself, as superuser. */
  databaseUrl: string;
  /** Ends everything; safe to call twice, and after `kill()`. */
  stop(): Promise<void>;
  /** SIGKILL: what a crash leaves behind stays until the next start on the folder, or until `stop()`. */
  kill(): Promise<void>;
}

/**
 * A Supabase on this machine without containers: REST, Auth and Storage with the project's migrations applied, in a
 * child process of its own. Alpha software underneath: for development and tests only.
 * Recovers a folder that an earlier start left by kill -9. Throws `StackError` with what to do about it.
 */
export async function startLocalSupabase(options: LocalSupabaseOptions = {}): Promise<LocalSupabase> {
  const temporary = options.dataDir === undefined;
  if (temporary) await sweepAbandonedProjects(tmpdir());
  const dataDir =
    options.dataDir === undefined
      ? await mkdtemp(join(tmpdir(), TEMPORARY_PREFIX))
      : resolve(options.dataDir);

  const child = fork(new URL('child.ts', import.meta.url), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const gone = new Promise<string>((resolveGone) => {
    child.once('exit', (code, signal) => {
      resolveGone(signal ?? `code ${code ?? 'unknown'}`);
    });
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    await endChild(child, gone, signal);
    if (signal === 'SIGTERM' && (temporary || child.signalCode !== null))
      await removeProject(dataDir, temporary);
  };
  try {
    const answer = await startIn(child, gone, { dataDir, port: options.port ?? 0, temporary });
    if (answer.type === 'failed') throw new StackError(answer.code, answer.message);
    const { url, databaseUrl, publishableKey, secretKey, jwtSecret } = answer;
    return {
      url,
      databaseUrl,
      publishableKey,
      secretKey,
      jwtSecret,
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
    };
  } catch (error) {
    await end('SIGTERM');
    throw error;
  }
}

/** Sends the start message and waits for the answer, the child's end, or too long. */
async function startIn(
  child: ChildProcess,
  gone: Promise<string>,
  message: StartMessage,
): Promise<ChildMessage> {
  const tail = new OutputTail();
  child.stdout?.resume();
  child.stderr?.on('data', (text: Buffer) => {
    tail.push(text.toString());
  });
  const answered = new Promise<ChildMessage>((resolveAnswer) => {
    child.on('message', (answer) => {
      if (isChildMessage(answer)) resolveAnswer(answer);
    });
  });
  const failed = (reason: string): ChildMessage => ({
    type: 'failed',
    code: 'start_failed',
    message: `The local Supabase on ${message.dataDir} did not start: ${reason}.\n${tail.text()}`.trim(),
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<ChildMessage>((resolveTimeout) => {
    timer = setTimeout(() => {
      resolveTimeout(failed(`no answer after ${START_TIMEOUT_MS / 1000} s`));
    }, START_TIMEOUT_MS);
  });
  child.send(message);
  const answer = await Promise.race([
    answered,
    gone.then((how) => failed(`its process ended (${how})`)),
    tooLong,
  ]);
  clearTimeout(timer);
  return answer;
}

async function endChild(
  child: ChildProcess,
  gone: Promise<string>,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  child.kill(signal);
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
  }, STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(timer);
}
