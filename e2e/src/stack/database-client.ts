import type { Database } from '@pontaj/supabase';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Ground } from './ground.ts';

/**
 * The service role, from this process. The client believes in the inner URL, so that the public URLs of photos it
 * makes are the ones terminals reach; its requests go to the outer one.
 */
export function databaseClient({ url, innerUrl, secretKey }: Ground['supabase']): SupabaseClient<Database> {
  const outward: typeof fetch = (input, init) => {
    const target = input instanceof Request ? input.url : String(input);
    return fetch(target.replace(innerUrl, url), init);
  };
  return createClient<Database>(innerUrl, secretKey, {
    auth: { persistSession: false },
    ...(innerUrl === url ? {} : { global: { fetch: outward } }),
  });
}
