import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { count } from '../fields.ts';
import { writesPerson } from '../targets.ts';

export const personsFull = defineKind({
  kind: 'persons-full',
  summary:
    'The person list is full at `at` persons (default: now). Persons who are there can still be edited.',
  example: { kind: 'persons-full', at: 10 },
  schema: z.strictObject({ kind: z.literal('persons-full'), at: count.optional() }),
  acts: 'exchange',
  fits: writesPerson,
  bend: (plan, what) => {
    plan.terminal.maxPersons = Math.min(plan.terminal.maxPersons ?? Infinity, what.at ?? 0);
  },
});
