import { readConfig } from '../config.ts';
import { startDaemon } from '../daemon.ts';
import type { Terminal } from './terminal.ts';

/** Serves until interrupted, then ends after the calls in flight. */
export async function serve(terminal: Terminal): Promise<number> {
  const daemon = await startDaemon(readConfig(terminal.environment), { processMetrics: true });
  if (!terminal.interrupted.aborted)
    await new Promise<void>((resolve) => {
      terminal.interrupted.addEventListener('abort', () => {
        resolve();
      });
    });
  await daemon.stop();
  return 0;
}
