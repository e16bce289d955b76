import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const wrongPassword = defineKind({
  kind: 'wrong-password',
  summary: 'Every login is refused as with a wrong password, and counted: the account locks.',
  example: { kind: 'wrong-password' },
  schema: z.strictObject({ kind: z.literal('wrong-password') }),
  acts: 'exchange',
  bend: (plan) => {
    plan.refuseLogin = true;
  },
});
