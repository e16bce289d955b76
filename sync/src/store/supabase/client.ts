import type { Database } from '@pontaj/supabase';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { limitFetch, type Fetch } from './limited-fetch.ts';

export type Client = SupabaseClient<Database>;

/** The service-role client. Nothing is retried here: who asks knows whether asking again is right. */
export function createDatabaseClient(options: {
  url: string;
  secretKey: string;
  timeoutMs: number;
  fetch?: Fetch;
}): Client {
  return createClient<Database>(options.url, options.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    db: { retry: false },
    global: { fetch: limitFetch(options.fetch ?? fetch, options.timeoutMs) },
  });
}
