import type { TestProject } from 'vitest/node';
import { prepareImages } from './prepare-images.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What stands for `postgres:17-bookworm` here. */
    postgresImage: string;
  }
}

/** Before the tests of the project `containers`: a docker engine with every image on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prepared = await prepareImages((line) => {
    console.log(`containers: ${line}`);
  });
  if (prepared.kind === 'missing') throw new Error(`These tests need a docker engine: ${prepared.why}.`);
  project.provide('postgresImage', prepared.images.postgres);
  return () => prepared.engine.stop();
}
