import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const editedAtTerminal = defineKind({
  kind: 'edited-at-terminal',
  summary: 'Somebody at the terminal renames a person, deletes them, or deletes their face.',
  example: { kind: 'edited-at-terminal', employeeNo: '1000', remove: true },
  schema: z
    .strictObject({
      kind: z.literal('edited-at-terminal'),
      employeeNo: z.string().min(1).max(64),
      name: z.string().max(256).optional(),
      remove: z.boolean().optional(),
      removeFace: z.boolean().optional(),
    })
    .refine((what) => what.name !== undefined || what.remove === true || what.removeFace === true, {
      message: 'says nothing to do: give name, remove: true or removeFace: true',
    }),
  acts: 'state',
  bend: () => undefined,
});
