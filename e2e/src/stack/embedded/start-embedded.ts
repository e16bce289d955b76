import { startLocalSupabase } from '@pontaj/supabase';
import path from 'node:path';
import { Ending } from '../ending.ts';
import type { Ground, GroundOptions } from '../ground.ts';
import { groundHere } from './ground-here.ts';

/**
 * Database, terminals and daemon on this machine without containers: the local Supabase in a child process, the
 * terminals in this process, daemons in child processes.
 */
export async function startEmbedded(options: GroundOptions): Promise<Ground> {
  const { dataDir, ports } = options;
  const ending = new Ending();
  try {
    const supabase = await startLocalSupabase({
      dataDir: dataDir && path.join(dataDir, 'supabase'),
      port: ports?.supabase ?? 0,
    });
    ending.add(() => supabase.stop());
    return await groundHere(supabase, options, ending);
  } catch (error) {
    await ending.run();
    throw error;
  }
}
