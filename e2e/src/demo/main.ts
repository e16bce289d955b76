// `npm run demo`: the whole road once, on this machine, for people (a bar and tables) or for programs (--json).
import { once } from 'node:events';
import { startStack } from '../stack/start-stack.ts';
import { deviceTable } from './device-table.ts';
import { readDemoOptions } from './options.ts';
import { syncWithProgress } from './sync-with-progress.ts';
import { faultsOnTerminals } from './verify-terminals.ts';
import { whereToLook } from './where-to-look.ts';

/** Shorter than the 1 s of production, so that nobody waits for a demonstration. */
const PAUSE_MS = 100;

const options = readDemoOptions(process.argv.slice(2));
const say = (text: string) => {
  // With --json, standard output belongs to the result.
  if (options.json) process.stderr.write(`${text}\n`);
  else process.stdout.write(`${text}\n`);
};

const interrupted = once(process, 'SIGINT');
say(`Starting a local Supabase, ${options.devices} simulated terminals and the sync daemon …`);
const stack = await startStack({
  devices: options.devices,
  employees: options.employees,
  daemonEnv: { RATE_LIMIT_MS: String(PAUSE_MS) },
});
let exitCode: number;
try {
  say(
    `Synchronising ${options.employees} employees with ${options.devices} terminals (pause between calls ${PAUSE_MS} ms) …`,
  );
  const run = await syncWithProgress(stack);
  const devices = await Promise.all(
    stack.devices.map(async (device) => ({
      device,
      persons: await device.persons(),
      faces: await device.faces(),
    })),
  );
  for (const { device, persons, faces } of devices) say(`\n${deviceTable(device.name, persons, faces)}`);

  const wrong = await faultsOnTerminals(stack.devices, stack.employees);
  exitCode = wrong.length === 0 && run.status === 'completed' ? 0 : 1;
  say(
    exitCode === 0
      ? `\nEvery terminal holds every active employee with a face (run ${run.status}).`
      : `\nNot in step (run ${run.status}):\n${wrong.slice(0, 10).join('\n')}`,
  );
  if (!options.once && !options.json && process.stdin.isTTY && process.stdout.isTTY) {
    say(whereToLook(stack));
    say('Ctrl-C ends it.');
    await interrupted;
  } else {
    say('\nNext: `npm start` keeps the same stack running and prints its addresses, keys and a user token;');
    say('`npm run demo` in a terminal stays open for a look; README.md lists what to try.');
  }
  if (options.json) {
    const held = devices.map(({ device, persons, faces }) => ({
      id: device.databaseId,
      persons: persons.length,
      faces: faces.length,
    }));
    process.stdout.write(`${JSON.stringify({ run, devices: held })}\n`);
  }
} finally {
  await stack.stop();
}
process.exit(exitCode);
