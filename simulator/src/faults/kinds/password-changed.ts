import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const passwordChanged = defineKind({
  kind: 'password-changed',
  summary: 'Somebody changes the password on the device: from the next call on the old one is wrong.',
  example: { kind: 'password-changed', password: 'Alta-parola-1' },
  schema: z.strictObject({ kind: z.literal('password-changed'), password: z.string().min(1).max(64) }),
  acts: 'state',
  bend: () => undefined,
});
