import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const silence = defineKind({
  kind: 'silence',
  summary: 'No answer until the client gives up. `done: true`: the request was carried out all the same.',
  example: { kind: 'silence' },
  schema: z.strictObject({ kind: z.literal('silence'), done: z.boolean().optional() }),
  acts: 'exchange',
  bend: (plan, what) => {
    if (what.done) plan.line.lost ??= 'silence';
    else plan.cut ??= { how: 'silence' };
  },
});
