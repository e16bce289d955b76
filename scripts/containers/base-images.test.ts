import { expect, test } from 'vitest';
import { ensureBaseImages, type ImageSource } from './base-images.ts';

/** An engine that has these images, and a registry that refuses or gives. */
function source(present: string[], registry: 'gives' | 'refuses'): ImageSource & { made: string[] } {
  const made: string[] = [];
  return {
    made,
    isUsable: (name) => Promise.resolve(present.includes(name)),
    pull: () =>
      registry === 'gives'
        ? Promise.resolve()
        : Promise.reject(new Error('docker pull failed:\nError response from daemon: toomanyrequests')),
    makeStandIn: (_, tag) => {
      made.push(tag);
      return Promise.resolve();
    },
  };
}

test('what is here is taken, what is not is pulled', async () => {
  const images = await ensureBaseImages({}, source(['node:22-bookworm-slim'], 'gives'));
  expect(images).toMatchObject({ node: 'node:22-bookworm-slim', postgres: 'postgres:17-bookworm' });
  expect(images.how).toEqual(['node:22-bookworm-slim: here already', 'postgres:17-bookworm: pulled']);
});

test('where nothing can be pulled stand-ins are made, and the reason is told', async () => {
  const engine = source([], 'refuses');
  const images = await ensureBaseImages({}, engine);
  expect(images).toMatchObject({ node: 'node:22-bookworm-slim', postgres: 'pontaj/postgres:local' });
  expect(engine.made.sort()).toEqual(['node:22-bookworm-slim', 'pontaj/postgres:local']);
  for (const how of images.how) expect(how).toContain('toomanyrequests');
});

test('an image that was chosen has no stand-in: not one made now, not one that is here', async () => {
  const engine = source(['node:22-bookworm-slim', 'pontaj/postgres:local'], 'refuses');
  await expect(ensureBaseImages({ POSTGRES_IMAGE: 'postgres:17.1' }, engine)).rejects.toThrow(
    /postgres:17\.1 was chosen and cannot be pulled: .*toomanyrequests/,
  );
  await expect(ensureBaseImages({ NODE_IMAGE: 'node:24-slim' }, engine)).rejects.toThrow(/node:24-slim/);
  expect(engine.made).toEqual([]);
});

test('a stand-in called by its name, as .env does, is made again when its recipe is older', async () => {
  const engine = source(['node:22-bookworm-slim'], 'refuses');
  const images = await ensureBaseImages({ POSTGRES_IMAGE: 'pontaj/postgres:local' }, engine);
  expect(images.postgres).toBe('pontaj/postgres:local');
  expect(engine.made).toEqual(['pontaj/postgres:local']);
});
