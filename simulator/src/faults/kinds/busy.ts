import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const busy = defineKind({
  kind: 'busy',
  summary: 'deviceBusy, as while somebody else writes. Nothing is carried out.',
  example: { kind: 'busy' },
  schema: z.strictObject({ kind: z.literal('busy') }),
  acts: 'exchange',
  bend: (plan) => {
    plan.instead ??= {
      done: false,
      form: 'sub-status',
      subStatusCode: 'deviceBusy',
      errorMsg: undefined,
      status: undefined,
    };
  },
});
