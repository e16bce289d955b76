import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { shortText } from '../fields.ts';
import { writesFace } from '../targets.ts';

export const downloadFails = defineKind({
  kind: 'download-fails',
  summary: 'The terminal cannot fetch the face URL. `code` replaces the profile’s sub-status.',
  example: { kind: 'download-fails' },
  schema: z.strictObject({ kind: z.literal('download-fails'), code: shortText.optional() }),
  acts: 'exchange',
  fits: writesFace,
  bend: (plan, what) => {
    plan.terminal.downloadFails ??= { code: what.code };
  },
});
