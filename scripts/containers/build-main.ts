// `npm run containers:build`: every image that the compose files need, whether or not a registry answers.
import path from 'node:path';
import { setInEnvFile } from './env-file.ts';
import { prepareImages } from './prepare-images.ts';

const result = await prepareImages(console.log);
if (result.kind === 'missing') {
  console.error(`No images: ${result.why}.`);
  process.exit(1);
}
try {
  // Compose must not ask for the official image where the stand-in was made, nor for a stand-in of another time.
  const file = path.resolve(import.meta.dirname, '../../.env');
  const { postgres, node } = result.images;
  const changed = await setInEnvFile(file, { POSTGRES_IMAGE: postgres, NODE_IMAGE: node });
  console.log(`.env: ${changed ? 'now has' : 'has'} POSTGRES_IMAGE=${postgres} and NODE_IMAGE=${node}`);
} finally {
  await result.engine.stop();
}
