import type { Endpoint } from '../endpoint.ts';
import { cardReadEndpoints } from './read.ts';
import { cardWriteEndpoints } from './write.ts';

/** `/ISAPI/AccessControl/CardInfo`. */
export const endpoints: Endpoint[] = [...cardWriteEndpoints, ...cardReadEndpoints];
