import { readFile } from 'node:fs/promises';

/**
 * Most memory a process held at any time since its start, in MiB, as the kernel counts it (VmHWM). Linux only.
 * @throws Error where there is no /proc, or the process is gone, or is on a host of its own (null).
 */
export async function peakMemoryMiB(pid: number | null): Promise<number> {
  if (pid === null)
    throw new Error('Memory is measured of processes of this machine: run this bench embedded.');
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch((cause: unknown) => {
    throw new Error(
      `The memory of process ${pid} is read from /proc/${pid}/status, which cannot be read here: run this bench on Linux.`,
      { cause },
    );
  });
  return peakOf(status);
}

/** @throws Error when the text has no VmHWM line. */
export function peakOf(status: string): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kib === undefined) throw new Error(`No VmHWM line in /proc/…/status:\n${status.slice(0, 500)}`);
  return Number(kib) / 1024;
}
