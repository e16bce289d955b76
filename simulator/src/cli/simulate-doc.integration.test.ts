import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenControl, type ControlServer } from '../control/listen.ts';
import { startFleet } from '../fleet.ts';
import type { Fleet } from '../fleet-types.ts';

const run = promisify(execFile);
const doc = readFileSync(new URL('../../../docs/simulate.md', import.meta.url), 'utf8');

/** The blocks of one language between a heading and the next. */
function blocksUnder(heading: string, language: string): string[] {
  const from = doc.indexOf(`${heading}\n`);
  const section = doc.slice(from, doc.indexOf('\n##', from + heading.length));
  return Array.from(
    section.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs')),
    ([, text]) => text ?? '',
  );
}

let fleet: Fleet;
let control: ControlServer;
beforeAll(async () => {
  fleet = await startFleet({ devices: 3 });
  control = await listenControl({ fleet, host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await control.stop();
  await fleet.stop();
});

/** The ports of the page, as they are here. */
function withOurPorts(script: string): string {
  const ports = new Map(fleet.devices.map((device, index) => [String(9101 + index), String(device.port)]));
  ports.set('9100', new URL(control.url).port);
  return script.replace(/\b910[0-3]\b/g, (port) => ports.get(port) ?? port);
}

test.each(['### A device that is full', '### A wrong password that locks', '### An answer that is lost'])(
  '%s: the commands give what the page shows',
  async (heading) => {
    const [functions] = blocksUnder('## Begin', 'sh').filter((block) => block.includes('person()'));
    const [commands] = blocksUnder(heading, 'sh');
    const [shown] = blocksUnder(heading, 'text');
    const script = withOurPorts(`exec 2>&1\n${functions ?? ''}\n${commands ?? ''}`);
    const { stdout } = await run('bash', ['-c', script], { timeout: 30_000 });
    const comparable = (text: string) =>
      text.replace(/after \d+ milliseconds/, 'after 3001 milliseconds').trim();
    expect(comparable(stdout)).toBe(comparable(shown ?? 'nothing is shown'));
  },
);
