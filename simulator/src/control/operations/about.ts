import { z } from 'zod';
import { builtInProfiles } from '../../profiles/built-in.ts';
import { defineOperation } from '../operation.ts';

export const aboutOperations = [
  defineOperation({
    id: 'list-profiles',
    method: 'get',
    path: '/api/profiles',
    summary: 'The models that come with the simulator',
    answer: {
      status: 200,
      description: 'Name, title and every trait with its evidence and source',
      schema: z.array(
        z.strictObject({ name: z.string(), title: z.string(), traits: z.record(z.string(), z.unknown()) }),
      ),
    },
    run: () => ({ status: 200, body: [...builtInProfiles.values()] }),
  }),
  defineOperation({
    id: 'show-fleet',
    method: 'get',
    path: '/api/fleet',
    summary: 'Seed, time and size of the fleet',
    answer: {
      status: 200,
      description: 'The fleet',
      schema: z.strictObject({ seed: z.number(), nowMs: z.number(), devices: z.int() }),
    },
    run: ({ fleet }) => ({
      status: 200,
      body: { seed: fleet.seed, nowMs: fleet.clock.now(), devices: fleet.devices.length },
    }),
  }),
];
