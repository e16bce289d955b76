import { randomBytes } from 'node:crypto';
import { GenericContainer, Wait } from 'testcontainers';
import { createNetwork, ownerLabels, removeContainer, removeNetwork } from './docker.ts';
import { postgresImage } from '../../config.ts';
import { Ending } from '../ending.ts';
import { createDatabase, POSTGRES_PORT, TEMPLATE, type DatabaseServer } from './database-server.ts';
import { startSupabase } from './supabase-container.ts';

/** Starts PostgreSQL with a database that has all migrations: stacks get copies of it. */
export async function startDatabaseServer(
  image = postgresImage,
): Promise<DatabaseServer & { stop: () => Promise<void> }> {
  const mark = randomBytes(4).toString('hex');
  const network = `pontaj-e2e-${mark}`;
  const name = `postgres-${mark}`;
  const password = randomBytes(16).toString('hex');
  const ending = new Ending();
  try {
    await createNetwork(network);
    ending.add(() => removeNetwork(network));
    const container = await new GenericContainer(image)
      .withEnvironment({ POSTGRES_PASSWORD: password })
      // Nobody will miss this data after a power cut; several stacks share the connections.
      .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=300'])
      .withLabels(ownerLabels)
      .withNetworkMode(network)
      .withNetworkAliases(name)
      .withExposedPorts(POSTGRES_PORT)
      // Over TCP: while it sets itself up it listens on a socket only.
      .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready --host 127.0.0.1 --username postgres'))
      .start();
    ending.add(() => removeContainer(container.getId()));
    const server: DatabaseServer = {
      image,
      network,
      name,
      containerId: container.getId(),
      outerHost: container.getHost(),
      outerPort: container.getMappedPort(POSTGRES_PORT),
      password,
    };
    await createDatabase(server, TEMPLATE, 'template1');
    // It lays the project's schemas and applies the migrations before it listens.
    await (await startSupabase(server, TEMPLATE, `supabase-${mark}`)).remove();
    return { ...server, stop: () => ending.run() };
  } catch (error) {
    await ending.run();
    throw error;
  }
}
