import path from 'node:path';
import { whereToLook } from '../demo/where-to-look.ts';
import { DAEMON_LOG } from '../stack/embedded/ground-here.ts';
import type { Stack } from '../stack/stack.ts';

/**
 * Addresses, keys, a ready-made user token and the settings for commands, for a developer to copy. All of it is good on
 * this machine only.
 * @param dataDir As a shell in the folder of the project names it.
 */
export function startedText(stack: Stack, dataDir: string): string {
  const { supabase, daemon, daemonEnv, controlUrl } = stack;
  const settings = Object.entries(daemonEnv).map(([name, value]) => `${name}=${value}`);
  const token = stack.token();
  return [
    whereToLook(stack),
    `  simulator   ${controlUrl ?? ''}   page and control API`,
    `  log         ${path.join(dataDir, DAEMON_LOG)}   what the daemon says`,
    '',
    'Keys of this local stack',
    `  SUPABASE_URL              ${supabase.url}`,
    `  SUPABASE_PUBLISHABLE_KEY  ${supabase.publishableKey}`,
    `  SUPABASE_SECRET_KEY       ${supabase.secretKey}`,
    `  SUPABASE_JWT_SECRET       ${supabase.jwtSecret}`,
    `  user token                ${token}`,
    '',
    'Synchronise everybody to every terminal',
    `  curl -X POST -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d '{}' \\`,
    `    ${daemon.url}/api/hikvision/sync-all-to-all-devices`,
    '',
    'Commands on this stack, in another terminal window',
    `  export ${settings.join(' ')}`,
    '  npm run sync -- devices',
    '',
    `Ctrl-C stops it; data stays in ${dataDir} (delete that folder to begin again).`,
  ].join('\n');
}
