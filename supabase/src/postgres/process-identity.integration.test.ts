import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { commandLineOf, identifyProcess, isRunning } from './process-identity.ts';

test('a process is known while it runs and gone after it', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const identity = identifyProcess(child.pid!)!;
  expect(isRunning(identity)).toBe(true);
  expect(commandLineOf(child.pid!)).toBe('sleep 60');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isRunning(identity)).toBe(false);
});

test('another process that got the number is not taken for it', () => {
  const me = identifyProcess(process.pid)!;
  expect(isRunning(me)).toBe(true);
  expect(isRunning({ ...me, startedAt: '1' })).toBe(false);
});

test('a number nobody has is nobody', () => {
  expect(identifyProcess(2 ** 30)).toBeNull();
  expect(commandLineOf(2 ** 30)).toBeNull();
});
