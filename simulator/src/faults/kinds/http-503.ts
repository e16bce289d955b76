import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const http503 = defineKind({
  kind: 'http-503',
  summary: 'HTTP 503 with an empty body, from the web server in front of the terminal.',
  example: { kind: 'http-503' },
  schema: z.strictObject({ kind: z.literal('http-503') }),
  acts: 'exchange',
  bend: (plan) => {
    plan.instead ??= { done: false, form: 'raw', status: 503, contentType: null, body: '' };
  },
});
