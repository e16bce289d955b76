import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { milliseconds } from '../fields.ts';
import { writesFace } from '../targets.ts';

export const slowModelling = defineKind({
  kind: 'slow-modelling',
  summary: 'Modelling a face takes `ms`, and up to `spreadMs` more, and holds the terminal meanwhile.',
  example: { kind: 'slow-modelling', ms: 8000, spreadMs: 4000 },
  schema: z.strictObject({
    kind: z.literal('slow-modelling'),
    ms: milliseconds,
    spreadMs: milliseconds.optional(),
  }),
  acts: 'exchange',
  fits: writesFace,
  bend: (plan, what, roll) => {
    plan.terminal.modellingMs ??= what.ms + Math.floor(roll * (what.spreadMs ?? 0));
  },
});
