import { xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { xmlCall } from '../xml-call.ts';
import { optionalNumber, readXml, requireFlag } from '../xml-fields.ts';

/** Ranges of the vendor's panels: 3 to 10 tries, 10 to 3600 s. */
const TRIES = { min: 3, max: 10 };
const LOCK_SECONDS = { min: 10, max: 3600 };

const PATH = '/ISAPI/Security/illegalLoginLock';

/** Element names and values 5 and 1800 as observed on K1A340; the field sets `enabled` alone. */
export const illegalLoginLockEndpoints: Endpoint[] = [
  {
    name: 'illegal-login-lock-get',
    method: 'GET',
    path: PATH,
    handle: (_request, { terminal: { traits, accounts } }) =>
      xmlAnswer(traits, 'IllegalLoginLock', {
        enabled: accounts.lock.settings.enabled,
        maxIllegalLoginTimes: accounts.lock.settings.maxTries,
        maxIllegalLoginLockTime: accounts.lock.settings.lockSeconds,
      }),
  },
  {
    name: 'illegal-login-lock-put',
    method: 'PUT',
    path: PATH,
    privilege: 'admin',
    handle: xmlCall(({ request, terminal: { accounts }, traits }) => {
      const lock = readXml(request.body, 'IllegalLoginLock');
      const enabled = requireFlag(lock, 'enabled');
      const maxTries = optionalNumber(lock, 'maxIllegalLoginTimes', TRIES.min, TRIES.max);
      const lockSeconds = optionalNumber(lock, 'maxIllegalLoginLockTime', LOCK_SECONDS.min, LOCK_SECONDS.max);
      accounts.lock.change({
        enabled,
        ...(maxTries === undefined ? {} : { maxTries }),
        ...(lockSeconds === undefined ? {} : { lockSeconds }),
      });
      return xmlStatus(traits, 'ok');
    }),
  },
];
