import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

const PAGE =
  '<!DOCTYPE html>\n<html><head><title>Document Error: Not Found</title></head>\n' +
  "<body><h2>Access Error: 404 -- Not Found</h2>\n<p>Can't locate document</p></body></html>\n";

export const html = defineKind({
  kind: 'html',
  summary:
    'An HTML page with HTTP 200 in place of the answer, as from a web server that does not know the call.',
  example: { kind: 'html' },
  schema: z.strictObject({ kind: z.literal('html') }),
  acts: 'exchange',
  bend: (plan) => {
    plan.instead ??= { done: false, form: 'raw', status: 200, contentType: 'text/html', body: PAGE };
  },
});
