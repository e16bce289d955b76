import { endpoints as accessControl } from './access-control/endpoints.ts';
import { endpoints as cards } from './cards/endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints as events } from './events/endpoints.ts';
import { endpoints as faces } from './faces/endpoints.ts';
import { endpoints as notification } from './notification/endpoints.ts';
import { endpoints as persons } from './persons/endpoints.ts';
import { endpoints as pictures } from './pictures/endpoints.ts';
import { Router } from './router.ts';
import { endpoints as security } from './security/endpoints.ts';
import { endpoints as system } from './system/endpoints.ts';

/** Every call a terminal knows, one list per family. */
const endpoints: readonly Endpoint[] = [
  ...persons,
  ...faces,
  ...cards,
  ...system,
  ...security,
  ...accessControl,
  ...events,
  ...notification,
  ...pictures,
];

/** One router serves every terminal: models differ in what the endpoints answer, not in the list. */
export const router = new Router(endpoints);
