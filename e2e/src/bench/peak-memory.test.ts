import { expect, test } from 'vitest';
import { peakMemoryMiB, peakOf } from './peak-memory.ts';

test('the peak is read in MiB, whatever stands around it', () => {
  expect(peakOf('Name:\tnode\nVmPeak:\t 9999 kB\nVmHWM:\t  204800 kB\nVmRSS:\t 1024 kB\n')).toBe(200);
});
test('a text without it is an error, not zero', () => {
  expect(() => peakOf('Name:\tkthreadd\n')).toThrow(/VmHWM/);
});
test('a process that is gone is an error that says so', async () => {
  await expect(peakMemoryMiB(2 ** 22 + 1)).rejects.toThrow(/run this bench on Linux/);
});
