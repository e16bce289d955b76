import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { requireDebianPackages } from '../debian.ts';
import { docker } from './docker.ts';
import { runProgram } from './run-program.ts';
import { nodeEntrypoint, postgresEntrypoint } from './stand-in-entrypoints.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PATHS = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** As in the official image: later majors of npm want a newer Node than the oldest that is supported here. */
const NPM = 'npm@10';
/** What documents and translates has no reader in an image. */
const LEFT_OUT = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/info/*'];

const COMMON_OPTIONS = [
  '--quiet',
  '--variant=essential',
  '--dpkgopt=force-unsafe-io',
  // The essential packages are unpacked before dpkg is told what to leave out.
  '--customize-hook=rm -rf "$1"/usr/share/doc/* "$1"/usr/share/man/* "$1"/usr/share/locale/* "$1"/usr/share/info/*',
  // No trace of the mirror, and none of this machine.
  '--customize-hook=rm -f "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/* "$1"/etc/hostname',
  '--customize-hook=: > "$1"/etc/resolv.conf',
];

interface Recipe {
  suite: string;
  packages: string[];
  /** Files that are not unpacked, in dpkg's own patterns. */
  leftOut: string[];
  /** Fills a folder that becomes `/`, after the packages. */
  add: (folder: string) => Promise<void>;
  /** Shell commands; `$1` is the folder of the system. */
  hooks: string[];
  /** Dockerfile instructions for `docker import`. */
  changes: string[];
}

const recipes = {
  /** `node:22-bookworm-slim`: Debian with this repository's Node, npm, and the user `node`. */
  node: {
    suite: 'bookworm',
    packages: ['ca-certificates', 'libstdc++6', 'passwd'],
    leftOut: LEFT_OUT,
    add: async (folder) => {
      const bin = path.join(folder, 'usr/local/bin');
      await mkdir(bin, { recursive: true });
      await copyFile(path.join(ROOT, 'node_modules/node/bin/node'), path.join(bin, 'node'));
      const install = ['install', '--global', '--prefix', path.join(folder, 'usr/local'), '--ignore-scripts'];
      await runProgram('npm', [...install, '--no-audit', '--no-fund', '--loglevel=error', NPM]);
      await writeFile(path.join(bin, 'docker-entrypoint.sh'), nodeEntrypoint, { mode: 0o755 });
    },
    hooks: [
      'chroot "$1" groupadd --gid 1000 node',
      'chroot "$1" useradd --uid 1000 --gid node --shell /bin/bash --create-home node',
    ],
    changes: [`ENV PATH=${PATHS}`, 'ENTRYPOINT ["docker-entrypoint.sh"]', 'CMD ["node"]'],
  },
  /** `postgres:17-bookworm`: PostgreSQL 17 of Debian, started the way the official image is, as far as it is used here. */
  postgres: {
    suite: 'trixie',
    packages: ['postgresql-17'],
    // Just-in-time compilation, 160 MB of it: PostgreSQL does without where it is not there.
    leftOut: [
      ...LEFT_OUT,
      '/usr/lib/*/libLLVM*',
      '/usr/lib/*/libz3*',
      '/usr/lib/postgresql/17/lib/*llvmjit*',
    ],
    add: async (folder) => {
      const bin = path.join(folder, 'usr/local/bin');
      await mkdir(bin, { recursive: true });
      await writeFile(path.join(bin, 'docker-entrypoint.sh'), postgresEntrypoint, { mode: 0o755 });
    },
    hooks: [
      'chroot "$1" rm -rf /var/lib/postgresql/17 /etc/postgresql',
      'chroot "$1" install -d -o postgres -g postgres -m 1777 /var/lib/postgresql/data',
    ],
    changes: [
      `ENV PATH=/usr/lib/postgresql/17/bin:${PATHS}`,
      'ENV LANG=C.UTF-8 PGDATA=/var/lib/postgresql/data',
      'VOLUME /var/lib/postgresql/data',
      'EXPOSE 5432',
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      'CMD ["postgres"]',
    ],
  },
} satisfies Record<string, Recipe>;

export type StandIn = keyof typeof recipes;

/** Stands on every stand-in, with the key of what it was made from. */
export const STAND_IN_LABEL = 'pontaj.stand-in';

/** Changes with the recipe, so that a stand-in of an older one is made again. */
export async function recipeKey(kind: StandIn): Promise<string> {
  return keyOf(kind, await projectNodeVersion());
}

/** JSON leaves functions out: what they add is named beside the recipe. */
export function keyOf(kind: StandIn, nodeVersion: string): string {
  const added = { node: [nodeEntrypoint, NPM, nodeVersion], postgres: [postgresEntrypoint] };
  return createHash('sha256')
    .update(JSON.stringify([COMMON_OPTIONS, recipes[kind], added[kind]]))
    .digest('hex')
    .slice(0, 16);
}

/**
 * Makes a local image that stands in for an official one where none can be pulled: Debian packages, from wherever apt
 * gets them on this machine, and Node and npm from the npm registry. Needs root and a docker engine.
 */
export async function makeStandIn(kind: StandIn, tag: string): Promise<void> {
  await requireDebianPackages(['mmdebstrap']);
  const work = await mkdtemp(path.join(tmpdir(), `pontaj-${kind}-image-`));
  try {
    const added = path.join(work, 'added');
    await mkdir(added);
    await recipes[kind].add(added);
    await importSystem(kind, added, path.join(work, 'system.tar'), tag);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** mmdebstrap writes the system as a tar archive, docker takes it as an image of one layer. */
async function importSystem(kind: StandIn, added: string, archive: string, tag: string): Promise<void> {
  const recipe: Recipe = recipes[kind];
  const options = [
    ...COMMON_OPTIONS,
    `--include=${recipe.packages.join(',')}`,
    ...recipe.leftOut.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    `--customize-hook=sync-in ${added} /`,
    ...recipe.hooks.map((hook) => `--customize-hook=${hook}`),
  ];
  // In a session of its own: when mmdebstrap fails it kills its whole process group, which must not be ours.
  await runProgram('setsid', [
    '--wait',
    'mmdebstrap',
    ...options,
    recipe.suite,
    archive,
    await debianMirror(),
  ]);
  const changes = [...recipe.changes, `LABEL ${STAND_IN_LABEL}=${await recipeKey(kind)}`].flatMap(
    (change) => ['--change', change],
  );
  await docker(['import', ...changes, archive, tag]);
}

/** Of the Node that the project brings and a stand-in gets. */
async function projectNodeVersion(): Promise<string> {
  const manifest = await readFile(path.join(ROOT, 'node_modules/node/package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Where apt gets this machine's packages; no address is written down in the repository. */
async function debianMirror(): Promise<string> {
  const given = process.env.DEBIAN_MIRROR;
  if (given) return given;
  const format = '$(REPO_URI) $(COMPONENT) $(ORIGIN) $(LABEL)';
  const lines = await runProgram('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  const found = lines
    .split('\n')
    .map((line) => line.split(' '))
    .find(
      ([, component, origin, label]) => component === 'main' && origin === 'Debian' && label === 'Debian',
    );
  if (found?.[0]) return found[0];
  throw new Error('apt has no Debian archive here. Set DEBIAN_MIRROR to one.');
}
