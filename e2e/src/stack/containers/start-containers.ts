import { randomBytes } from 'node:crypto';
import { sharedDatabase } from '../../config.ts';
import { Ending } from '../ending.ts';
import type { Ground, GroundOptions } from '../ground.ts';
import type { DaemonHandle } from '../stack.ts';
import { startDaemonContainer } from './daemon-container.ts';
import { hostOf, type Host } from './host.ts';
import { copyTemplate, dropDatabase, type DatabaseServer } from './database-server.ts';
import { startDatabaseServer } from './postgres-container.ts';
import { images } from './images.ts';
import { runToEnd } from './run-to-end.ts';
import { startSupabase } from './supabase-container.ts';
import { startTerminals, terminalSpecs } from './terminals.ts';

/** What a suite may want of hosts, beyond a stack's options. */
export interface HostOptions {
  /** `own`: a container for each terminal, and rows with IP addresses; default: one for all of them, which is quicker. */
  terminalHosts?: 'shared' | 'own';
  /** `own`: a PostgreSQL that nobody else uses; default: a database of its own on the run's. */
  databaseHost?: 'shared' | 'own';
}

/** A ground whose parts are hosts. */
export interface ContainerGround extends Ground {
  readonly hosts: {
    readonly database: Host;
    readonly supabase: Host;
    /** In the order of the terminals; with shared hosts the same one for all. */
    readonly terminals: readonly Host[];
    hostOf(daemon: DaemonHandle): Host;
  };
}

/**
 * Database, Supabase API, terminals and daemons in containers of one network. The PostgreSQL is the run's when there is
 * one (the suites' global set-up starts it), with a database of this stack's own; the rest belongs to this stack.
 */
export async function startContainers(
  options: GroundOptions,
  { terminalHosts = 'shared', databaseHost = 'shared' }: HostOptions = {},
): Promise<ContainerGround> {
  const ending = new Ending();
  /** Removed side by side: docker takes its time for each. */
  const containers: { remove(): Promise<void> }[] = [];
  try {
    const mark = randomBytes(4).toString('hex');
    const server = await databaseServer(databaseHost, ending);
    const { network } = server;
    const database = await copyTemplate(server, `stiva_${mark}`);
    if (databaseHost === 'shared') ending.add(() => dropDatabase(server, database));
    ending.add(() => removeAll(containers));
    const supabaseName = `supabase-${mark}`;
    const specs = terminalSpecs(options.devices);
    const groups = terminalHosts === 'own' ? specs.map((spec) => [spec]) : [specs];
    const [supabase, ...fleets] = await allOrNothing(containers, [
      startSupabase(server, database, supabaseName),
      ...groups.map((group, index) =>
        startTerminals(options, group, network, `terminals-${index + 1}-${mark}`, {
          photoHost: supabaseName,
          addressing: terminalHosts === 'own' ? 'ip' : 'name',
        }),
      ),
    ]);
    const daemonHosts = new Map<DaemonHandle, Host>();
    const databaseHostHandle = hostOf(server.containerId, network, server.name);
    return {
      supabase: supabase.access,
      terminals: fleets.flatMap(({ terminals }) => terminals),
      controlUrl: fleets[0]?.controlUrl ?? null,
      hosts: {
        database: databaseHostHandle,
        supabase: supabase.host,
        terminals: fleets.flatMap(({ terminals, host }) => terminals.map(() => host)),
        hostOf: (daemon) => {
          const host = daemonHosts.get(daemon);
          if (!host) throw new Error('This daemon belongs to another stack.');
          return host;
        },
      },
      startDaemon: async (env) => {
        const started = await startDaemonContainer(network, `daemon-${daemonHosts.size + 1}-${mark}`, env);
        containers.push(started);
        daemonHosts.set(started.daemon, started.host);
        return started.daemon;
      },
      runCli: (env, args) => runToEnd(images.daemon, network, env, args),
      outputs: async () => ({
        database: await databaseHostHandle.output(),
        supabase: await supabase.host.output(),
        ...Object.fromEntries(
          await Promise.all(
            fleets.map(async ({ host }, index) => [`terminals-${index + 1}`, await host.output()] as const),
          ),
        ),
      }),
      stop: () => ending.run(),
    };
  } catch (error) {
    await ending.run();
    throw error;
  }
}

async function databaseServer(wanted: 'shared' | 'own', ending: Ending): Promise<DatabaseServer> {
  if (wanted === 'shared' && sharedDatabase !== null) return sharedDatabase;
  // Of the same make as the run's.
  const server = await startDatabaseServer(sharedDatabase?.image);
  ending.add(() => server.stop());
  return server;
}

async function removeAll(containers: { remove(): Promise<void> }[]): Promise<void> {
  const outcomes = await Promise.allSettled(containers.splice(0).map((container) => container.remove()));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Starts side by side. When one fails the others are waited for, so that `started` holds all there is to remove. */
async function allOrNothing<Parts extends { remove(): Promise<void> }[]>(
  started: { remove(): Promise<void> }[],
  starting: { [Index in keyof Parts]: Promise<Parts[Index]> },
): Promise<Parts> {
  const outcomes = await Promise.allSettled(starting);
  const parts: Parts[number][] = [];
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') parts.push(outcome.value);
  started.push(...parts);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return parts as Parts;
}
