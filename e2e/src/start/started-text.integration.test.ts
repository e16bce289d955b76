import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDaemonProcess } from '../stack/embedded/daemon-process.ts';
import { runCli } from '../stack/embedded/run-cli.ts';
import { startStack } from '../stack/start-stack.ts';
import { startedText } from './started-text.ts';

test('what npm start prints is enough for commands, for a second daemon and to find the log', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'start-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const stack = await startStack({
    backend: 'embedded',
    devices: 1,
    employees: 1,
    dataDir,
    ports: { control: 0 },
  });
  onTestFinished(() => stack.stop());
  const text = startedText(stack, dataDir);

  const exported = /^ {2}export (.*)$/m.exec(text)?.[1] ?? '';
  const env = Object.fromEntries(exported.split(' ').map((setting) => setting.split(/=(.*)/s)));
  const listed = await runCli(env, ['devices']);
  expect(listed.stdout).toContain('Poarta 1');

  const token = /user token +(\S+)/.exec(text)?.[1] ?? '';
  const second = await startDaemonProcess({ ...env, PORT: '0' });
  onTestFinished(() => second.stop());
  const runs = await fetch(`${second.url}/api/hikvision/runs`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(runs.status).toBe(200);

  await stack.daemon.stop();
  const log = /^ {2}log +(\S+)/m.exec(text)?.[1] ?? '';
  const logged = await readFile(log, 'utf8');
  expect(logged).toContain(stack.daemon.url);
  // Whole: a stop is its last word.
  expect(logged.trimEnd().split('\n')).toEqual(stack.daemon.output().split('\n'));
});
