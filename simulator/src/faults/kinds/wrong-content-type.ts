import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { shortText } from '../fields.ts';

export const wrongContentType = defineKind({
  kind: 'wrong-content-type',
  summary: 'The request is carried out; the answer is labelled with another Content-Type.',
  example: { kind: 'wrong-content-type', contentType: 'text/html' },
  schema: z.strictObject({
    kind: z.literal('wrong-content-type'),
    contentType: shortText.regex(/^[\x20-\x7e]+$/, 'only printable ASCII can stand in a header'),
  }),
  acts: 'exchange',
  bend: (plan, what) => {
    plan.contentType ??= what.contentType;
  },
});
