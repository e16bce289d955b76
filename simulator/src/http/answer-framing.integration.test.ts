import { describe, expect, it } from 'vitest';
import { rawSocket, signedHead } from '../../conformance/raw-socket.ts';
import { socketWay } from '../../conformance/socket-way.ts';

const COUNT = '/ISAPI/AccessControl/UserInfo/Count?format=json';
const BODY = /\{"UserInfoCount":[^]*\}\}/;

describe('an answer says where it ends', () => {
  it('by its length', async () => {
    const rig = await socketWay.rig();
    const raw = await rawSocket(rig.device);
    raw.write(`${await signedHead(rig, 'GET', COUNT)}\r\n`);
    const text = await raw.until(BODY);
    expect(text).toContain(`Content-Length: ${BODY.exec(text)?.[0].length ?? 0}\r\n`);
    expect(text).not.toContain('Transfer-Encoding');
  });

  it('in chunks, over and over on one connection', async () => {
    const rig = await socketWay.rig({ traits: { answerFraming: 'chunked' } });
    const raw = await rawSocket(rig.device);
    raw.write(`${await signedHead(rig, 'GET', COUNT)}\r\n`);
    const text = await raw.until(/\r\n0\r\n\r\n$/);
    expect(text).toContain('Transfer-Encoding: chunked\r\n');
    expect(text).not.toContain('Content-Length');
    const size = (BODY.exec(text)?.[0].length ?? 0).toString(16);
    expect(text).toContain(`\r\n\r\n${size}\r\n{"UserInfoCount"`);
    raw.write(`${await signedHead(rig, 'GET', COUNT)}\r\n`);
    await raw.until(/HTTP\/1\.1 200[^]*HTTP\/1\.1 200[^]*\r\n0\r\n\r\n$/);
  });

  it('by the end of the connection', async () => {
    const rig = await socketWay.rig({ traits: { answerFraming: 'close' } });
    const raw = await rawSocket(rig.device);
    raw.write(`${await signedHead(rig, 'GET', COUNT)}\r\n`);
    const { text, how } = await raw.ended();
    expect(how).toBe('end');
    expect(text).toMatch(/Connection: close\r\n\r\n\{"UserInfoCount":[^]*\}\}$/);
    expect(text).not.toMatch(/Content-Length|Transfer-Encoding/);
    expect((await rig.call({ target: COUNT })).json()).toMatchObject({ UserInfoCount: { userNumber: 0 } });
  });

  it.each(['chunked', 'close'] as const)(
    'and is cut off in the middle all the same (%s)',
    async (answerFraming) => {
      const rig = await socketWay.rig({ traits: { answerFraming } });
      rig.device.setFaults([{ what: { kind: 'truncated', keepBytes: 5 } }]);
      const raw = await rawSocket(rig.device);
      raw.write(`${await signedHead(rig, 'GET', COUNT)}\r\n`);
      const { text } = await raw.ended();
      expect(text).toContain('{"Use');
      expect(text).not.toContain('UserInfo');
    },
  );
});
