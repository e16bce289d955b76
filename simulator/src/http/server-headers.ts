import type { Traits } from '../profiles/traits.ts';

/** Which they are was recorded, their values were not: those that browsers know are assumed. */
const BROWSER_HEADERS = ['X-Frame-Options', 'SAMEORIGIN', 'X-XSS-Protection', '1; mode=block'];

/** Adds to the lines of a head what the web server of the device says of itself in every answer. */
export function pushServerHeaders(lines: string[], { serverHeader, browserHeaders }: Traits): void {
  if (serverHeader !== null) lines.push('Server', serverHeader);
  if (browserHeaders === 'sent') lines.push(...BROWSER_HEADERS);
}
