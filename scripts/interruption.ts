import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];
type Step = (signal: Signal) => Promise<unknown>;

const steps: Step[] = [];
let ending = false;

/**
 * While something is ours that would outlive this process: `step` is run before one of SIGINT, SIGTERM and SIGHUP ends
 * it, last added first, and then the signal does what it always does. A second signal changes nothing, so each step
 * needs a bound of its own.
 * @returns takes the step back, once there is nothing to end any more
 */
export function beforeInterruption(step: Step): () => void {
  if (steps.length === 0) for (const signal of SIGNALS) process.on(signal, interrupt);
  steps.push(step);
  return () => {
    const at = steps.indexOf(step);
    if (at === -1) return;
    steps.splice(at, 1);
    if (steps.length === 0 && !ending) letGo();
  };
}

function interrupt(signal: NodeJS.Signals): void {
  if (ending) return;
  ending = true;
  void endAll(signal as Signal).finally(() => {
    letGo();
    process.kill(process.pid, signal);
  });
}

async function endAll(signal: Signal): Promise<void> {
  for (let step = steps.pop(); step; step = steps.pop())
    await step(signal).catch((error: unknown) => {
      console.error(`Before ${signal}: ${String(error)}`);
    });
}

function letGo(): void {
  for (const signal of SIGNALS) process.off(signal, interrupt);
}
