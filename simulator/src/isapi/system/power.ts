import { notFound, xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';

/** Assumed figures of a terminal at rest. */
const REST_LOAD = { cpuUtilization: 12, memoryUsage: 180, memoryAvailable: 332 };

export const powerEndpoints: Endpoint[] = [
  {
    name: 'system-status',
    method: 'GET',
    path: '/ISAPI/System/status',
    // 404 on K1A340 and K1T341AM [observed].
    handle: (_request, { terminal: { traits, deviceTime } }) =>
      traits.systemStatus === 'not-found'
        ? notFound(traits)
        : xmlAnswer(traits, 'DeviceStatus', {
            currentDeviceTime: deviceTime.local(),
            CPUList: { CPU: { cpuUtilization: REST_LOAD.cpuUtilization } },
            MemoryList: {
              Memory: { memoryUsage: REST_LOAD.memoryUsage, memoryAvailable: REST_LOAD.memoryAvailable },
            },
          }),
  },
  {
    name: 'system-reboot',
    method: 'PUT',
    path: '/ISAPI/System/reboot',
    privilege: 'admin',
    handle: (_request, { terminal }) => ({ ...xmlStatus(terminal.traits, 'ok'), then: 'reboot' }),
  },
  {
    name: 'factory-reset',
    method: 'PUT',
    path: '/ISAPI/System/factoryReset',
    privilege: 'admin',
    /** `basic` forgets settings, `full` everything, activation included (assumed from the vendor's manuals). */
    handle: (request, { terminal }) => {
      const mode = request.query.get('mode');
      if (mode !== 'basic' && mode !== 'full')
        return xmlStatus(terminal.traits, 'badParameters', { errorMsg: 'mode' });
      if (mode === 'full') {
        terminal.reset();
        terminal.deviceTime.clear();
        terminal.accounts.activated = false;
      } else {
        terminal.settings.clear();
        terminal.plans.clear();
        terminal.hosts.clear();
      }
      return { ...xmlStatus(terminal.traits, 'ok'), then: 'reboot' };
    },
  },
];
