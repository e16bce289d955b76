// Runs a TypeScript entry of this repository with the Node that the project brings (devDependency `node`),
// installing the npm packages first when they are missing or older than package-lock.json. Plain JavaScript,
// because on a fresh clone it is run by whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error(
    'launch: name the TypeScript file to run, for example: node scripts/launch.mjs e2e/src/demo/main.ts',
  );
  process.exit(2);
}

const modifiedMs = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
const installed = path.join(root, 'node_modules', '.package-lock.json');
const projectNode = path.join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

if (modifiedMs(installed) < modifiedMs(path.join(root, 'package-lock.json')) || !existsSync(projectNode)) {
  console.error('Installing npm packages (npm ci) …');
  // Its output goes to stderr: stdout belongs to the command, which may be asked for JSON.
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error(
      'npm ci failed: its messages above say why. Is the npm registry reachable? Then try the command again.',
    );
    process.exit(1);
  }
}

const child = spawn(projectNode, ['--disable-warning=ExperimentalWarning', path.join(root, entry), ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${path.dirname(projectNode)}${path.delimiter}${process.env.PATH ?? ''}` },
});
// Ctrl-C reaches the child by itself (same terminal); what is sent to this process alone is passed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
// A signal to npm alone ends npm and its shell, and leaves this program without a parent and nobody to stop it.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
  watch.unref();
}
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
