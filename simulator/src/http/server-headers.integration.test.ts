import { expect, it } from 'vitest';
import { socketWay } from '../../conformance/socket-way.ts';

const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';

it.each([
  ['generic', undefined, undefined],
  ['ds-k1t673dx', 'webserver', 'SAMEORIGIN'],
])('the web server of %s says of itself %s, in answers and refusals', async (profile, server, frames) => {
  const rig = await socketWay.rig({ profile });
  for (const answer of [await rig.send({ target: COUNT }), await rig.call({ target: COUNT })]) {
    expect(answer.headers.server).toBe(server);
    expect(answer.headers['x-frame-options']).toBe(frames);
    expect('x-xss-protection' in answer.headers).toBe(frames !== undefined);
  }
});
