import type { Endpoint } from '../endpoint.ts';
import { eventSearchEndpoints } from './search.ts';
import { eventStorageEndpoints } from './storage.ts';

/** `/ISAPI/AccessControl/AcsEvent`. */
export const endpoints: Endpoint[] = [...eventSearchEndpoints, ...eventStorageEndpoints];
