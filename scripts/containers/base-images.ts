import { docker, imageId, imageLabel } from './docker.ts';
import { makeStandIn, recipeKey, STAND_IN_LABEL, type StandIn } from './stand-in.ts';

/** Long enough for a slow line, short enough where nobody answers. */
const PULL_TIMEOUT_MS = 180_000;

export interface BaseImages {
  /** What the Dockerfiles build on: their NODE_IMAGE. */
  node: string;
  /** What compose calls POSTGRES_IMAGE. */
  postgres: string;
  /** `name: how it came`, for people. */
  how: string[];
}

/**
 * The images that ours build on and run beside: as they are here, or pulled, or, where no registry answers, made from
 * Debian and npm packages (see `makeStandIn`). NODE_IMAGE and POSTGRES_IMAGE choose others. Safe to call again.
 */
export async function ensureBaseImages(): Promise<BaseImages> {
  const node = process.env.NODE_IMAGE ?? 'node:22-bookworm-slim';
  const postgres = process.env.POSTGRES_IMAGE ?? 'postgres:17-bookworm';
  const [nodeImage, postgresImage] = await Promise.all([
    ensure(node, { kind: 'node', tag: node }),
    // Not under the official name: it is less than the official image, and says so.
    ensure(postgres, { kind: 'postgres', tag: 'pontaj/postgres:local' }),
  ]);
  return { node: nodeImage.name, postgres: postgresImage.name, how: [nodeImage.how, postgresImage.how] };
}

async function ensure(
  name: string,
  standIn: { kind: StandIn; tag: string },
): Promise<{ name: string; how: string }> {
  for (const present of new Set([name, standIn.tag]))
    if (await isUsable(present, standIn.kind)) return { name: present, how: `${present}: here already` };
  try {
    await docker(['pull', '--quiet', name], { timeoutMs: PULL_TIMEOUT_MS });
    return { name, how: `${name}: pulled` };
  } catch {
    await makeStandIn(standIn.kind, standIn.tag);
    return { name: standIn.tag, how: `${standIn.tag}: made from packages, no registry answered` };
  }
}

/** It is here, and if it is a stand-in of ours, not one of an older recipe. */
async function isUsable(name: string, kind: StandIn): Promise<boolean> {
  if ((await imageId(name)) === null) return false;
  const madeFrom = await imageLabel(name, STAND_IN_LABEL);
  return madeFrom === null || madeFrom === recipeKey(kind);
}
