import { projectSettings } from '../../config.ts';
import { groundHere } from '../embedded/ground-here.ts';
import { Ending } from '../ending.ts';
import type { Ground, GroundOptions } from '../ground.ts';
import { emptyProject } from './empty-project.ts';
import { readProjectAccess } from './project-access.ts';

/**
 * Terminals and daemons of this machine on a Supabase project that runs already, with all migrations and nothing else
 * that works on it: `supabase start`, or one of the compose files without its daemon. It is emptied first.
 */
export async function startProject(options: GroundOptions): Promise<Ground> {
  const access = readProjectAccess(projectSettings);
  await emptyProject(access.databaseUrl);
  const ending = new Ending();
  try {
    return await groundHere(access, options, ending);
  } catch (error) {
    await ending.run();
    throw error;
  }
}
