import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { milliseconds } from '../fields.ts';

export const reboot = defineKind({
  kind: 'reboot',
  summary:
    'The device restarts: the call at hand is reset and not carried out, the port is closed for `awayMs`, then it is back with its data, locks cleared.',
  example: { kind: 'reboot', awayMs: 30_000 },
  schema: z.strictObject({ kind: z.literal('reboot'), awayMs: milliseconds.optional() }),
  acts: 'state',
  bend: (plan) => {
    plan.cut ??= { how: 'reset', at: 'after-request' };
  },
});
