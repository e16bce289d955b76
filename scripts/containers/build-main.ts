// `npm run containers:build`: every image that the compose files need, whether or not a registry answers.
import path from 'node:path';
import { writeEnvFile } from './env-file.ts';
import { prepareImages } from './prepare-images.ts';

const result = await prepareImages(console.log);
if (result.kind === 'missing') {
  console.error(`No images: ${result.why}.`);
  process.exit(1);
}
// Compose must not ask for the official image where the stand-in was made.
const file = path.resolve(import.meta.dirname, '../../.env');
await writeEnvFile(file, { POSTGRES_IMAGE: result.images.postgres, NODE_IMAGE: result.images.node });
await result.engine.stop();
