import type { Endpoint } from '../endpoint.ts';
import { accessCapabilityEndpoints } from './capabilities.ts';
import { captureFaceEndpoints } from './capture-face.ts';
import { configurationEndpoints } from './configuration.ts';
import { doorEndpoints } from './doors.ts';
import { planEndpoints } from './plans.ts';
import { remoteCheckEndpoints } from './remote-check.ts';
import { workStatusEndpoints } from './work-status.ts';

/** `/ISAPI/AccessControl`, other than persons, cards and events. */
export const endpoints: Endpoint[] = [
  ...accessCapabilityEndpoints,
  ...workStatusEndpoints,
  ...configurationEndpoints,
  ...doorEndpoints,
  ...planEndpoints,
  ...remoteCheckEndpoints,
  ...captureFaceEndpoints,
];
