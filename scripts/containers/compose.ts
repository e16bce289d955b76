import path from 'node:path';
import { ensureDebianPackages } from '../debian.ts';
import { docker } from './docker.ts';
import { runProgram } from './run-program.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const UP_TIMEOUT_MS = 300_000;

/** One stack of docker-compose.yml under a name of its own, so that several can stand side by side. */
export interface ComposeProject {
  readonly name: string;
  /** Starts it, in the order of the health checks; resolves when the last container has been started. */
  up(): Promise<void>;
  /** Stops it and removes containers, networks and volumes. Safe to call again. */
  down(): Promise<void>;
  /** `127.0.0.1:32768`: where a service's port is published on this machine. */
  address(service: string, port: number): Promise<string>;
  /** Id of the container of a service. */
  container(service: string): Promise<string>;
  /** What its containers printed, for whoever looks for a failure. */
  logs(): Promise<string>;
  /** Containers, networks and volumes that carry its name, also stopped ones. */
  remains(): Promise<string[]>;
}

/**
 * @param file compose file, in the root of the repository
 * @param envFile what `writeEnvFile` made
 */
export async function composeProject(name: string, file: string, envFile: string): Promise<ComposeProject> {
  const [program, ...first] = await composeCommand();
  const compose = (args: readonly string[]) =>
    runProgram(program, [...first, '--project-name', name, '--file', file, '--env-file', envFile, ...args], {
      cwd: ROOT,
      timeoutMs: UP_TIMEOUT_MS,
    });
  const container = async (service: string) => (await compose(['ps', '--quiet', service])).trim();
  const labelled = (what: string[]) =>
    docker([...what, '--quiet', '--filter', `label=com.docker.compose.project=${name}`]);
  return {
    name,
    up: async () => {
      await compose(['up', '--detach', '--no-build']);
    },
    down: async () => {
      await compose(['down', '--volumes', '--remove-orphans', '--timeout', '10']);
    },
    address: async (service, port) =>
      (await docker(['port', await container(service), `${port}/tcp`])).trim(),
    container,
    logs: () => compose(['logs', '--no-color', '--tail', '5000']),
    remains: async () =>
      (
        await Promise.all([
          labelled(['ps', '--all']),
          labelled(['network', 'ls']),
          labelled(['volume', 'ls']),
        ])
      )
        .flatMap((text) => text.split('\n'))
        .filter((line) => line !== ''),
  };
}

/** Compose v2 is a plugin of docker, v1 a program of its own; the files here are good for both. */
async function composeCommand(): Promise<[string, ...string[]]> {
  if (await works('docker', ['compose', 'version'])) return ['docker', 'compose'];
  if (await works('docker-compose', ['version'])) return ['docker-compose'];
  const packages = await ensureDebianPackages(['docker-compose']);
  if (typeof packages === 'object') throw new Error(`There is no docker compose here. ${packages.why}`);
  return ['docker-compose'];
}

async function works(program: string, args: string[]): Promise<boolean> {
  try {
    await runProgram(program, args);
    return true;
  } catch {
    return false;
  }
}
