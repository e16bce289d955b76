import { readBody } from '../body.ts';
import type { LoginState } from '../device-client.ts';
import { readUserCheck } from '../user-check.ts';
import { readVerdict } from '../verdict.ts';
import type { Operation } from './operation.ts';

/**
 * What the device says to somebody who does not log in: its challenge carries, where the firmware has them, how many
 * bad logins it still takes [userCheck]. Costs no login, and a wrong password nothing.
 */
export const readLoginState: Operation<LoginState> = {
  request: { method: 'GET', path: '/ISAPI/Security/userCheck' },
  read(answer) {
    const { withheld } = answer;
    if (withheld === undefined || withheld === 'locked') return { verdict: readVerdict(answer), value: null };
    // A challenge is what was asked for, whatever status it comes with.
    const verdict = readVerdict({ ...answer, status: 200, body: Buffer.from('{"statusCode":1}') });
    const triesLeft = readUserCheck(readBody(answer.body))?.triesLeft ?? null;
    return { verdict: { ...verdict, httpStatus: answer.status }, value: { triesLeft } };
  },
};
