import { expect, test } from 'vitest';
import { whyNoEngine } from './ensure-docker.ts';

test('an engine that refuses this user is told apart from one that is not there', () => {
  expect(
    whyNoEngine(
      'docker info failed:\nERROR: permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    ),
  ).toMatch(/group docker/);
  expect(
    whyNoEngine('docker info failed:\nERROR: Cannot connect to the Docker daemon. Is it running?'),
  ).toMatch(/^no docker engine answers/);
});
