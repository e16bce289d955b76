import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { count } from '../fields.ts';
import { writesFace } from '../targets.ts';

export const facesFull = defineKind({
  kind: 'faces-full',
  summary:
    'The face library is full at `at` faces (default: now). A face that is there can still be replaced.',
  example: { kind: 'faces-full', at: 10 },
  schema: z.strictObject({ kind: z.literal('faces-full'), at: count.optional() }),
  acts: 'exchange',
  fits: writesFace,
  bend: (plan, what) => {
    plan.terminal.maxFaces = Math.min(plan.terminal.maxFaces ?? Infinity, what.at ?? 0);
  },
});
