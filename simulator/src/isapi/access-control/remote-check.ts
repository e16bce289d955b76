import { jsonOk } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { readJson, requireInteger, requireObject, requireString } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

const MAX_SERIAL_NO = 0xffff_ffff;

/** The answer of somebody far away to an event with `remoteCheck: true`; only then the door opens. */
export const remoteCheckEndpoints: Endpoint[] = [
  {
    name: 'remote-check',
    method: 'PUT',
    path: '/ISAPI/AccessControl/remoteCheck',
    handle: jsonCall(({ request, terminal: { doors, events } }) => {
      const check = requireObject(readJson(request.body), 'RemoteCheck');
      const serialNo = requireInteger(check, 'serialNo', 1, MAX_SERIAL_NO);
      const verdict = requireString(check, 'checkResult');
      if (verdict !== 'success' && verdict !== 'failed') throw new Refusal('badJsonContent', 'checkResult');
      const doorNo = events.find(serialNo)?.doorNo ?? 1;
      // Assumed: the code for an event that does not wait, or not any more.
      if (!doors.verify(serialNo, doorNo, verdict)) throw new Refusal('badJsonContent', 'serialNo');
      return jsonOk();
    }),
  },
];
