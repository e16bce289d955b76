import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';

export const offline = defineKind({
  kind: 'offline',
  summary: 'Off the network while the window lasts: connections are refused and open ones are cut.',
  example: { kind: 'offline' },
  schema: z.strictObject({ kind: z.literal('offline') }),
  acts: 'connection',
  bend: () => undefined,
});
