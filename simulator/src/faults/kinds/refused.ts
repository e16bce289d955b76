import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const refused = defineKind({
  kind: 'refused',
  summary: 'The port is closed while the window lasts: connection refused.',
  example: { kind: 'refused' },
  schema: z.strictObject({ kind: z.literal('refused') }),
  acts: 'connection',
  bend: () => undefined,
});
