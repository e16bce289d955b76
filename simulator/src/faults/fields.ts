import { z } from 'zod';

/** The longest time a fault may name, one day: longer is a typing mistake. */
export const MAX_FAULT_MS = 24 * 60 * 60 * 1000;
/** The biggest body a fault may carry. */
const MAX_FAULT_BODY_CHARS = 65_536;

export const milliseconds = z.number().int().min(0).max(MAX_FAULT_MS);
export const count = z.number().int().min(0).max(1_000_000);
export const atLeastOne = z.number().int().min(1).max(1_000_000_000);
export const shortText = z.string().min(1).max(200);
export const bodyText = z.string().max(MAX_FAULT_BODY_CHARS);
export const httpStatus = z.number().int().min(200).max(599);
