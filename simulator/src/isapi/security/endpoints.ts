import type { Endpoint } from '../endpoint.ts';
import { illegalLoginLockEndpoints } from './illegal-login-lock.ts';
import { loginEndpoints } from './login.ts';

/** `/ISAPI/Security` and the activation state. */
export const endpoints: Endpoint[] = [...loginEndpoints, ...illegalLoginLockEndpoints];
