import { streamInProcess } from './open-stream.ts';
import { makeRig, seen } from './make-rig.ts';
import type { Way } from './rig.ts';

/** Past the socket, through the whole pipeline. */
export const inProcessWay: Way = {
  name: 'in process',
  rig: (options) =>
    makeRig(
      {
        listens: false,
        stream: streamInProcess,
        async send({ device }, { method, target, headers, body }) {
          const answer = await device.handle({ method, target, headers, ...(body ? { body } : {}) });
          if (answer.kind === 'no-answer')
            throw new Error(`${method} ${target} got no answer: ${answer.how}.`);
          return seen(answer.status, flat(answer.headers), answer.body);
        },
      },
      options,
    ),
};

function flat(headers: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
