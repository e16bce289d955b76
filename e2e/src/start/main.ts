// `npm start`: the demo's stack, kept running for a developer, with its data in .local/ across restarts.
import { once } from 'node:events';
import path from 'node:path';
import { startStack } from '../stack/start-stack.ts';
import { startFailure } from './start-failure.ts';
import { readStartOptions } from './options.ts';
import { startedText } from './started-text.ts';

const DATA_DIR = path.join(import.meta.dirname, '../../../.local/stack');

const options = readStartOptions(process.argv.slice(2));
// Asked for before anything starts: Ctrl-C during the start ends it as cleanly as later.
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);

const dataDir = path.relative(process.cwd(), DATA_DIR);
console.log(`Starting a local Supabase (data in ${dataDir}), ${options.devices} terminals and the daemon …`);
const stack = await startStack({
  devices: options.devices,
  employees: options.employees,
  dataDir: DATA_DIR,
  ports: {
    supabase: options.supabasePort,
    daemon: options.daemonPort,
    devices: options.devicePort,
    control: options.controlPort,
  },
  daemonEnv: { RATE_LIMIT_MS: '100' },
}).catch((error: unknown): never => {
  console.error(startFailure(error));
  process.exit(1);
});
console.log(startedText(stack, dataDir));
const end = await Promise.race([interrupted, stack.daemon.exited.then((code) => ({ code }))]);
if ('code' in end) {
  console.error(
    `\nThe daemon has ended (code ${end.code ?? 'none'}); its log says why. Ctrl-C, then npm start begins anew.`,
  );
  await interrupted;
}
console.log('\nStopping …');
await stack.stop();
process.exit(0);
