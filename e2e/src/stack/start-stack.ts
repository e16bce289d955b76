import { defaultBackend } from '../config.ts';
import { startEmbedded } from './embedded/start-embedded.ts';
import { furnish } from './furnish.ts';
import type { Ground, GroundOptions } from './ground.ts';
import { startProject } from './project/start-project.ts';
import type { Stack, StackOptions } from './stack.ts';

/**
 * Database, terminals and daemon, furnished with invented people: the same object whatever it runs on. `stop()` ends
 * all of it; a start that fails leaves nothing behind.
 */
export function startStack(options: StackOptions = {}): Promise<Stack> {
  return furnish(options, startGround);
}

async function startGround(options: GroundOptions): Promise<Ground> {
  const backend = options.backend ?? defaultBackend;
  if (backend === 'embedded') return startEmbedded(options);
  if (options.dataDir !== undefined || options.ports !== undefined)
    throw new Error(
      `A stack of the backend "${backend}" keeps nothing and chooses its ports: leave dataDir and ports out, or take the embedded one.`,
    );
  if (backend === 'project') return startProject(options);
  // Loaded when wanted: who runs no containers needs no testcontainers.
  const { startContainers } = await import('./containers/start-containers.ts');
  return startContainers(options);
}
