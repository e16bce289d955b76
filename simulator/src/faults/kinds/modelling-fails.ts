import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { shortText } from '../fields.ts';
import { writesFace } from '../targets.ts';

export const modellingFails = defineKind({
  kind: 'modelling-fails',
  summary: 'The face cannot be modelled. With `when.times: k` the same picture is accepted after k failures.',
  example: { kind: 'modelling-fails' },
  schema: z.strictObject({ kind: z.literal('modelling-fails'), code: shortText.optional() }),
  acts: 'exchange',
  fits: writesFace,
  bend: (plan, what) => {
    plan.terminal.modellingFails ??= { code: what.code };
  },
});
