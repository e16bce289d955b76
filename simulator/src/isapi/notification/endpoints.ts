import type { Endpoint } from '../endpoint.ts';
import { alertStreamEndpoints } from './alert-stream.ts';
import { httpHostEndpoints } from './http-hosts.ts';

/** `/ISAPI/Event/notification`. */
export const endpoints: Endpoint[] = [...alertStreamEndpoints, ...httpHostEndpoints];
