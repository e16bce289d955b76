// `npm run containers:proof`: on a machine with a docker engine (or root to start one) and with or without a registry,
// from nothing to nothing: base images, our images, compose up, a real sync, a terminal cut off and back, all suites on
// its database and Supabase, the suites on containers, all taken down. Ends with 0 when every step held.
import path from 'node:path';
import { runContainers } from '../check/containers-stage.ts';

process.env.COMPOSE_SUITES ??= 'all';
const result = await runContainers('containers', path.resolve(import.meta.dirname, '../..'));
if ('notRun' in result) {
  console.error(result.notRun);
  process.exitCode = 1;
} else {
  console.log(`${result.passed} passed, ${result.failed} failed`);
  process.exitCode = result.failed === 0 ? 0 : 1;
}
