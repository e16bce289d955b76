import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { httpStatus, shortText } from '../fields.ts';

export const subStatus = defineKind({
  kind: 'sub-status',
  summary:
    'Any status of the ISAPI dictionary, in the form the device would give it. Nothing is carried out, unless `done: true`: it then stands for success, as rebootRequired does.',
  example: { kind: 'sub-status', subStatusCode: 'noStorageSpace' },
  schema: z.strictObject({
    kind: z.literal('sub-status'),
    subStatusCode: shortText,
    errorMsg: shortText.optional(),
    status: httpStatus.optional(),
    done: z.boolean().optional(),
  }),
  acts: 'exchange',
  bend: (plan, what) => {
    plan.instead ??= {
      done: what.done ?? false,
      form: 'sub-status',
      subStatusCode: what.subStatusCode,
      errorMsg: what.errorMsg,
      status: what.status,
    };
  },
});
