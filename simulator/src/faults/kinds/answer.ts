import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { bodyText, httpStatus, shortText } from '../fields.ts';

export const answer = defineKind({
  kind: 'answer',
  summary:
    'Any answer you write, in place of the terminal’s own. Nothing is carried out, unless `done: true`: it then stands for success.',
  example: { kind: 'answer', status: 200, contentType: 'application/json', body: '{"statusCode":3}' },
  schema: z.strictObject({
    kind: z.literal('answer'),
    status: httpStatus,
    contentType: shortText.regex(/^[\x20-\x7e]+$/, 'only printable ASCII can stand in a header').optional(),
    body: bodyText,
    done: z.boolean().optional(),
  }),
  acts: 'exchange',
  bend: (plan, what) => {
    plan.instead ??= {
      done: what.done ?? false,
      form: 'raw',
      status: what.status,
      contentType: what.contentType ?? null,
      body: what.body,
    };
  },
});
