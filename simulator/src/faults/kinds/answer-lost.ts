import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const answerLost = defineKind({
  kind: 'answer-lost',
  summary: 'The change is made, its answer never arrives: silence (default) or a reset.',
  example: { kind: 'answer-lost', how: 'reset' },
  schema: z.strictObject({ kind: z.literal('answer-lost'), how: z.enum(['silence', 'reset']).optional() }),
  acts: 'exchange',
  bend: (plan, what) => {
    plan.line.lost ??= what.how ?? 'silence';
  },
});
