import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { milliseconds } from '../fields.ts';

export const delay = defineKind({
  kind: 'delay',
  summary: 'The answer comes later: `ms`, and up to `spreadMs` more, drawn from the seed.',
  example: { kind: 'delay', ms: 2000, spreadMs: 1000 },
  schema: z.strictObject({ kind: z.literal('delay'), ms: milliseconds, spreadMs: milliseconds.optional() }),
  acts: 'exchange',
  bend: (plan, what, roll) => {
    plan.delayMs += what.ms + Math.floor(roll * (what.spreadMs ?? 0));
  },
});
