import type { Endpoint } from './endpoint.ts';
import { endpoints as faces } from './faces/endpoints.ts';
import { endpoints as persons } from './persons/endpoints.ts';
import { Router } from './router.ts';

/** Every call a terminal knows, one list per family. */
export const endpoints: readonly Endpoint[] = [...persons, ...faces];

/** One router serves every terminal: models differ in what the endpoints answer, not in the list. */
export const router = new Router(endpoints);
