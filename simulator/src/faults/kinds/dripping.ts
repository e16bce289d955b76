import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const dripping = defineKind({
  kind: 'dripping',
  summary: 'The request is carried out; the answer body arrives at `bytesPerSecond`.',
  example: { kind: 'dripping', bytesPerSecond: 5 },
  schema: z.strictObject({
    kind: z.literal('dripping'),
    bytesPerSecond: z.number().min(0.1).max(1_000_000),
  }),
  acts: 'exchange',
  bend: (plan, what) => {
    plan.line.bytesPerSecond ??= what.bytesPerSecond;
  },
});
