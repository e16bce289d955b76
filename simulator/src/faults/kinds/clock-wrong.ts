import { z } from 'zod';
import { defineKind } from '../fault-kind.ts';
import { MAX_FAULT_MS } from '../fields.ts';

/** Ten years: enough for a clock that fell back to the factory's date. */
const MAX_OFFSET_MS = 3650 * MAX_FAULT_MS;

export const clockWrong = defineKind({
  kind: 'clock-wrong',
  summary: 'The device clock is off by `offsetMs` while the fault stands.',
  example: { kind: 'clock-wrong', offsetMs: -3_600_000 },
  schema: z.strictObject({
    kind: z.literal('clock-wrong'),
    offsetMs: z.number().int().min(-MAX_OFFSET_MS).max(MAX_OFFSET_MS),
  }),
  acts: 'state',
  bend: () => undefined,
});
