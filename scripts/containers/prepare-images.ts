import { ensureBaseImages, type BaseImages } from './base-images.ts';
import { buildImages } from './build-images.ts';
import { imageSizeBytes } from './docker.ts';
import { ensureDocker, type DockerEngine } from './ensure-docker.ts';

export type PreparedImages =
  | { kind: 'ready'; engine: Extract<DockerEngine, { kind: 'ready' }>; images: BaseImages }
  | { kind: 'missing'; why: string };

/** A docker engine with every image on it, told step by step with what each took. The caller stops the engine. */
export async function prepareImages(say: (line: string) => void): Promise<PreparedImages> {
  let sinceMs = performance.now();
  const took = () => {
    const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1);
    sinceMs = performance.now();
    return `${seconds} s`;
  };
  const engine = await ensureDocker();
  if (engine.kind === 'missing') return engine;
  say(`docker engine: ${engine.how} (${took()})`);
  try {
    const images = await ensureBaseImages();
    say(`base images: ${images.how.join('; ')} (${took()})`);
    for (const { tag, how, seconds } of await buildImages(images.node))
      say(`${tag}: ${how}, ${megabytes(await imageSizeBytes(tag))} MB (${seconds.toFixed(1)} s)`);
    return { kind: 'ready', engine, images };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
