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

/** How this module reaches images; replaced in its test. */
export interface ImageSource {
  /** It is here, and if it is a stand-in of ours, not one of an older recipe. */
  isUsable(name: string, kind: StandIn): Promise<boolean>;
  /** Rejects with what the engine said. */
  pull(name: string): Promise<unknown>;
  makeStandIn(kind: StandIn, tag: string): Promise<void>;
}

/** An image that can be made from packages where it cannot be pulled. */
interface BaseImage {
  kind: StandIn;
  official: string;
  /** What the stand-in is called. */
  standIn: string;
}

const NODE: BaseImage = {
  kind: 'node',
  official: 'node:22-bookworm-slim',
  standIn: 'node:22-bookworm-slim',
};
const POSTGRES: BaseImage = {
  kind: 'postgres',
  official: 'postgres:17-bookworm',
  // Not under the official name: it is less than the official image, and says so.
  standIn: 'pontaj/postgres:local',
};

/**
 * The images that ours build on and run beside: as they are here, or pulled, or, where they cannot be, made from Debian
 * and npm packages (see `makeStandIn`). NODE_IMAGE and POSTGRES_IMAGE choose others: those have no stand-in. Safe to
 * call again.
 * @throws Error with what the engine said when an image that was chosen cannot be pulled
 */
export async function ensureBaseImages(
  chosen: NodeJS.ProcessEnv = process.env,
  source: ImageSource = thisEngine,
): Promise<BaseImages> {
  const [node, postgres] = await Promise.all([
    ensure(NODE, chosen.NODE_IMAGE ?? NODE.official, source),
    ensure(POSTGRES, chosen.POSTGRES_IMAGE ?? POSTGRES.official, source),
  ]);
  return { node: node.name, postgres: postgres.name, how: [node.how, postgres.how] };
}

async function ensure(
  { kind, official, standIn }: BaseImage,
  name: string,
  source: ImageSource,
): Promise<{ name: string; how: string }> {
  const mayStandIn = name === official || name === standIn;
  for (const present of new Set(mayStandIn ? [name, standIn] : [name]))
    if (await source.isUsable(present, kind)) return { name: present, how: `${present}: here already` };
  try {
    await source.pull(name);
    return { name, how: `${name}: pulled` };
  } catch (error) {
    const why = lastLine(error);
    if (!mayStandIn) throw new Error(`${name} was chosen and cannot be pulled: ${why}`, { cause: error });
    await source.makeStandIn(kind, standIn);
    return { name: standIn, how: `${standIn}: made from packages, ${name} cannot be pulled (${why})` };
  }
}

function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}

const thisEngine: ImageSource = {
  async isUsable(name, kind) {
    if ((await imageId(name)) === null) return false;
    const madeFrom = await imageLabel(name, STAND_IN_LABEL);
    return madeFrom === null || madeFrom === (await recipeKey(kind));
  },
  pull: (name) => docker(['pull', '--quiet', name], { timeoutMs: PULL_TIMEOUT_MS }),
  makeStandIn,
};
