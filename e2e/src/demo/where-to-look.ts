import type { Stack } from '../stack/stack.ts';

/** Addresses to look at while the stack runs. */
export function whereToLook(stack: Stack): string {
  const lines = [
    '',
    'Where to look next',
    `  daemon      ${stack.daemon.url}/docs       what it can do`,
    `              ${stack.daemon.url}/metrics    numbers`,
    `  database    ${stack.supabase.url}          Supabase REST, auth and storage`,
    ...stack.devices.map(({ name, url }) => `  ${name.padEnd(10)}  ${url}   (admin / Parola-123)`),
  ];
  const first = stack.devices[0];
  if (first) {
    lines.push(
      '  try         curl --digest -u admin:Parola-123 -H "Content-Type: application/json" \\',
      `                -d '{"UserInfoSearchCond":{"searchID":"1","searchResultPosition":0,"maxResults":30}}' \\`,
      `                "${first.url}/ISAPI/AccessControl/UserInfo/Search?format=json"`,
    );
  }
  return lines.join('\n');
}
