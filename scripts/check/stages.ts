export type Stage =
  | { kind: 'command'; name: string; what: string; command: string[] }
  /** `name` is the project of vitest.config.ts. */
  | { kind: 'vitest'; name: string; what: string }
  /** As `vitest`, where a docker engine can be had. */
  | { kind: 'containers'; name: string; what: string };

/** In the order of a developer's patience: what is quick and often wrong comes first. */
export const stages: Stage[] = [
  {
    kind: 'command',
    name: 'format',
    what: 'Prettier (npm run format mends it)',
    command: ['npm', 'run', '--silent', 'format:check'],
  },
  {
    kind: 'command',
    name: 'typecheck',
    what: 'TypeScript, all workspaces',
    command: ['npm', 'run', '--silent', 'typecheck'],
  },
  {
    kind: 'command',
    name: 'lint',
    what: 'ESLint with types',
    command: ['npm', 'run', '--silent', 'lint'],
  },
  {
    kind: 'command',
    name: 'imports',
    what: 'imports run one way; sync and simulator never meet',
    command: ['npm', 'run', '--silent', 'check:imports'],
  },
  {
    kind: 'command',
    name: 'unused',
    what: 'no unused files, exports or dependencies (knip)',
    command: ['npm', 'run', '--silent', 'check:unused'],
  },
  {
    kind: 'command',
    name: 'build',
    what: 'JavaScript for production',
    command: ['npm', 'run', '--silent', 'build'],
  },
  { kind: 'vitest', name: 'unit', what: 'needs nothing running' },
  { kind: 'vitest', name: 'integration', what: 'sockets, programs we did not write' },
  { kind: 'vitest', name: 'sql', what: 'migrations and functions on a real PostgreSQL' },
  { kind: 'vitest', name: 'sql-debian', what: 'the same on the PostgreSQL that Debian ships' },
  { kind: 'vitest', name: 'e2e', what: 'database, daemon and simulated terminals together' },
  { kind: 'containers', name: 'containers', what: 'images, docker-compose.yml, suites on containers' },
];
