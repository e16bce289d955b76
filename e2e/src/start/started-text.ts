import { whereToLook } from '../demo/where-to-look.ts';
import type { Stack } from '../stack/stack.ts';

/** Addresses, keys and a ready-made user token, for a developer to copy. All of it is good on this machine only. */
export function startedText(stack: Stack): string {
  const { supabase, daemon, controlUrl } = stack;
  const token = stack.token();
  return [
    whereToLook(stack),
    `  simulator   ${controlUrl ?? ''}   page and control API`,
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
    'Ctrl-C stops it; data stays in .local/stack (delete that folder to begin again).',
  ].join('\n');
}
