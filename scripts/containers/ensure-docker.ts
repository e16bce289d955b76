import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureDebianPackages, findProgram } from '../debian.ts';
import { beforeInterruption } from '../interruption.ts';
import { docker } from './docker.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const ASK_EVERY_MS = 250;
const ASK_TIMEOUT_MS = 10_000;
const LOOPBACK = '127.0.0.1';

export type DockerEngine =
  /**
   * `stop()` ends the engine when it was started here, and does nothing otherwise. An engine of ours also ends when this
   * process does, by a signal or by itself.
   */
  | { kind: 'ready'; how: 'running already' | 'started'; stop(): Promise<void> }
  /** One line: why there is none, and what would help. */
  | { kind: 'missing'; why: string };

/**
 * A docker engine: the one that answers, or Debian's docker.io, installed and started where this process may do that
 * (Linux, root). Never throws.
 */
export async function ensureDocker(): Promise<DockerEngine> {
  const asked = await ask();
  if (asked.answers) return runningAlready();
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { kind: 'missing', why: whyNoEngine(asked.why) };
  const wanted = (await findProgram('dockerd')) === null ? ['docker.io'] : [];
  const packages = await ensureDebianPackages([...wanted, 'iptables']);
  if (typeof packages === 'object')
    return { kind: 'missing', why: `no docker engine answers: ${oneLine(packages.why)}` };
  // Where systemd runs, the package has started it.
  if ((await ask()).answers) return runningAlready();
  return start();
}

async function runningAlready(): Promise<DockerEngine> {
  await sayWherePortsAre();
  return { kind: 'ready', how: 'running already', stop: () => Promise.resolve() };
}

/**
 * For testcontainers in this process and its children, which look at the gateway's address when they run in a
 * container: an engine started with `--ip 127.0.0.1` publishes ports there, and marks its own network so.
 */
async function sayWherePortsAre(): Promise<void> {
  const option = '{{index .Options "com.docker.network.bridge.host_binding_ipv4"}}';
  const address = await docker(['network', 'inspect', 'bridge', '--format', option]).catch(() => '');
  if (address.trim() === LOOPBACK) process.env.TESTCONTAINERS_HOST_OVERRIDE ??= LOOPBACK;
}

async function start(): Promise<DockerEngine> {
  const program = await findProgram('dockerd');
  if (program === null) return { kind: 'missing', why: 'docker.io is installed, but there is no dockerd' };
  const folder = await mkdtemp(path.join(tmpdir(), 'pontaj-dockerd-'));
  const logFile = path.join(folder, 'dockerd.log');
  const log = openSync(logFile, 'a');
  // A group of its own: Ctrl-C must not end the engine before what runs in it has been taken down.
  // Ports that containers publish are for this machine alone.
  const daemon = spawn(program, ['--ip', LOOPBACK], { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const gone = once(daemon, 'exit').catch(() => undefined);
  // Whoever leaves by process.exit() waits for nobody: the engine is told, and ends on its own.
  const atExit = () => {
    daemon.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', atExit);
  const stop = async () => {
    await end(daemon, gone);
    takeBack();
    process.off('exit', atExit);
    await rm(folder, { recursive: true, force: true });
  };
  const takeBack = beforeInterruption(stop);
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && daemon.exitCode === null && daemon.pid !== undefined) {
    if ((await ask()).answers) {
      await sayWherePortsAre();
      return { kind: 'ready', how: 'started', stop };
    }
    await Promise.race([sleep(ASK_EVERY_MS), gone]);
  }
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n');
  await stop();
  return { kind: 'missing', why: `dockerd does not start here: ${oneLine(lines.at(-1) ?? '')}` };
}

async function end(daemon: ChildProcess, gone: Promise<unknown>): Promise<void> {
  if (daemon.pid === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
  daemon.kill('SIGTERM');
  const timer = setTimeout(() => daemon.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(timer);
}

async function ask(): Promise<{ answers: true } | { answers: false; why: string }> {
  try {
    await docker(['info', '--format', '{{.ServerVersion}}'], { timeoutMs: ASK_TIMEOUT_MS });
    return { answers: true };
  } catch (error) {
    return { answers: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** For somebody who may not start one. @param said by `docker info` */
export function whyNoEngine(said: string): string {
  if (/permission denied/i.test(said))
    return 'a docker engine is there and refuses this user (permission denied on its socket): join the group docker, or run this as root';
  return 'no docker engine answers, and only root on Linux can start one here';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
