import type { Endpoint } from '../endpoint.ts';
import { systemCapabilityEndpoints } from './capabilities.ts';
import { deviceInfoEndpoints } from './device-info.ts';
import { ntpServerEndpoints } from './ntp-servers.ts';
import { powerEndpoints } from './power.ts';
import { timeEndpoints } from './time.ts';

/** `/ISAPI/System`. */
export const endpoints: Endpoint[] = [
  ...deviceInfoEndpoints,
  ...systemCapabilityEndpoints,
  ...timeEndpoints,
  ...ntpServerEndpoints,
  ...powerEndpoints,
];
