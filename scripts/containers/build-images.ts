import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { docker, imageId, imageLabel } from './docker.ts';
import { checksumOf } from './inputs.ts';
import { fillNpmCache } from './npm-cache.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LABEL = 'pontaj.inputs';
const COMMON = [
  'package.json',
  'package-lock.json',
  '.npmrc',
  '.dockerignore',
  'tsconfig.base.json',
  'scripts/containers/image',
];

/** Our images, each with what it is made of beyond the common part. */
const IMAGES = {
  sync: [
    'sync/Dockerfile',
    'sync/package.json',
    'sync/tsconfig.json',
    'sync/tsconfig.build.json',
    'sync/tsconfig.image.json',
    'sync/src',
  ],
  simulator: [
    'simulator/Dockerfile',
    'simulator/package.json',
    'simulator/tsconfig.json',
    'simulator/tsconfig.build.json',
    'simulator/tsconfig.image.json',
    'simulator/src',
  ],
  supabase: [
    'supabase/Dockerfile',
    'supabase/package.json',
    'supabase/tsconfig.json',
    'supabase/tsconfig.build.json',
    'supabase/tsconfig.image.json',
    'supabase/src',
    'supabase/migrations',
    'supabase/seed.sql',
    'supabase/seed.containers.sql',
  ],
};

type ImageName = keyof typeof IMAGES;

export interface BuiltImage {
  name: ImageName;
  tag: string;
  how: 'built' | 'up to date';
  seconds: number;
}

/**
 * Builds the images that are missing or older than what they are made of; no step of a build has a network. Bills of
 * materials and licence lists are put in `.local/containers/<image>/`.
 * @param nodeImage what they build on, as `ensureBaseImages` found it
 */
export async function buildImages(nodeImage: string): Promise<BuiltImage[]> {
  await fillNpmCache();
  const base = (await imageId(nodeImage)) ?? nodeImage;
  const built: BuiltImage[] = [];
  // One after the other: they share their first steps.
  for (const name of Object.keys(IMAGES) as ImageName[]) {
    const startedMs = performance.now();
    const tag = `pontaj/${name}:local`;
    const inputs = createHash('sha256')
      .update(base)
      .update(await checksumOf(ROOT, [...COMMON, ...IMAGES[name]]))
      .digest('hex');
    const upToDate = (await imageLabel(tag, LABEL)) === inputs;
    if (!upToDate) {
      await docker(
        [
          ...[
            'build',
            '--quiet',
            '--force-rm',
            '--network',
            'none',
            '--file',
            `${name}/Dockerfile`,
            '--tag',
            tag,
          ],
          ...['--label', `${LABEL}=${inputs}`, '--build-arg', `NODE_IMAGE=${nodeImage}`, '.'],
        ],
        { cwd: ROOT },
      );
      await takeBillOut(name, tag);
    }
    const seconds = (performance.now() - startedMs) / 1000;
    built.push({ name, tag, how: upToDate ? 'up to date' : 'built', seconds });
  }
  return built;
}

async function takeBillOut(name: ImageName, tag: string): Promise<void> {
  const folder = path.join(ROOT, '.local/containers', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const container = (await docker(['create', tag])).trim();
  try {
    await docker(['cp', `${container}:/usr/share/doc/pontaj-${name}/.`, folder]);
  } finally {
    await docker(['rm', container]);
  }
}
