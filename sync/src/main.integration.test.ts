import { startLocalSupabase, type LocalSupabase } from '@pontaj/supabase';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

const MAIN = path.join(import.meta.dirname, 'main.ts');
const children: ChildProcess[] = [];
let supabase: LocalSupabase;

beforeAll(async () => {
  supabase = await startLocalSupabase();
});
afterAll(() => supabase.stop());
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** Starts serving and waits for the line that says where. */
async function serve() {
  const child = start({
    SUPABASE_URL: supabase.url,
    SUPABASE_SECRET_KEY: supabase.secretKey,
    SUPABASE_JWT_SECRET: supabase.jwtSecret,
    PORT: '0',
  });
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      if (entry.msg === 'listening') resolve(String(entry.url));
    });
  });
  return { child, url };
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  'the process serves without arguments and ends well on %s',
  async (signal) => {
    const { child, url } = await serve();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_resident_memory_bytes');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

it('settings that make no sense are all named, and the process ends with code 2', async () => {
  const child = start({ RATE_LIMIT_MS: 'soon' });
  const [note, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(2);
  for (const name of [
    'SUPABASE_URL',
    'SUPABASE_SECRET_KEY',
    'SUPABASE_JWT_SECRET',
    'RATE_LIMIT_MS is "soon"',
  ])
    expect(note).toContain(name);
});
