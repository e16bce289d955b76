import { docker } from '../../../scripts/containers/docker.ts';

/** Run inside the container, where node is all there is. */
const LIST_FILES = `
const { readdirSync } = require('node:fs');
const skipped = ['/proc', '/sys', '/dev'];
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = folder === '/' ? '/' + entry.name : folder + '/' + entry.name;
    if (entry.isDirectory()) { if (!skipped.includes(path)) walk(path); } else console.log(path);
  }
};
walk('/');`;

/** Every file of a running container's system. */
export async function filesOf(container: string): Promise<string[]> {
  return (await inside(container, LIST_FILES)).trim().split('\n');
}

/** Runs JavaScript in a container and returns what it printed. */
export function inside(container: string, script: string): Promise<string> {
  return docker(['exec', container, 'node', '--eval', script]);
}
