import { startLocalSupabase } from '../local/start-local-supabase.ts';

// A program that starts a local Supabase on the folder it is given and then waits to be killed.

const supabase = await startLocalSupabase({ dataDir: process.argv[2] });
process.send?.({ url: supabase.databaseUrl });
process.on('message', () => undefined);
