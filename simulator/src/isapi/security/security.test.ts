import { describe, expect, it } from 'vitest';
import { sampleText } from '../testing/samples.ts';
import { testTerminal } from '../testing/test-terminal.ts';

const LOCK = '/ISAPI/Security/illegalLoginLock';

describe('security', () => {
  it('userCheck is the captured one, to the byte', async () => {
    expect((await testTerminal().call('GET', '/ISAPI/Security/userCheck')).text).toBe(
      sampleText('usercheck-200.xml'),
    );
  });

  it('activateStatus tells the state', async () => {
    const { terminal, call } = testTerminal();
    expect((await call('GET', '/SDK/activateStatus')).text).toContain('<Activated>true</Activated>');
    terminal.accounts.activated = false;
    expect((await call('GET', '/SDK/activateStatus')).text).toContain('<Activated>false</Activated>');
  });

  it('a token is another one each time', async () => {
    const { call } = testTerminal();
    const first = (await call('GET', '/ISAPI/Security/token')).json as { Token: { value: string } };
    const second = (await call('GET', '/ISAPI/Security/token')).json as { Token: { value: string } };
    expect(first.Token.value).toMatch(/^[0-9a-f]{32}$/);
    expect(second.Token.value).not.toBe(first.Token.value);
  });

  it('adminAccesses lists the ports', async () => {
    const { text } = await testTerminal().call('GET', '/ISAPI/Security/adminAccesses');
    const ports = [...text.matchAll(/<protocol>(\w+)<\/protocol>\s*<portNo>(\d+)</g)].map((match) =>
      match.slice(1),
    );
    expect(ports).toEqual([
      ['HTTP', '80'],
      ['DEV_MANAGE', '8000'],
      ['HTTPS', '443'],
    ]);
  });
});

describe('illegalLoginLock', () => {
  it('shows and changes what the lock does', async () => {
    const { terminal, call } = testTerminal();
    const { text } = await call('GET', LOCK);
    expect(text).toContain('<maxIllegalLoginTimes>5</maxIllegalLoginTimes>');
    expect(text).toContain('<maxIllegalLoginLockTime>1800</maxIllegalLoginLockTime>');
    await call('PUT', LOCK, text.replace('>5<', '>3<').replace('>1800<', '>60<'));
    expect(terminal.accounts.lock.settings).toEqual({ enabled: true, maxTries: 3, lockSeconds: 60 });
    const caller = { address: '192.0.2.1', userName: 'admin' };
    for (let count = 0; count < 3; count += 1) terminal.accounts.lock.failed(caller);
    expect(terminal.accounts.lock.state(caller)).toMatchObject({ state: 'lock', unlockTimeS: 60 });
  });

  it('can be switched off alone', async () => {
    const { terminal, call } = testTerminal({ traits: { lockAfter: 2 } });
    expect(
      (await call('PUT', LOCK, '<IllegalLoginLock><enabled>false</enabled></IllegalLoginLock>')).status,
    ).toBe(200);
    expect(terminal.accounts.lock.settings).toMatchObject({ enabled: false, maxTries: 2 });
  });

  it.each([
    ['', 'MessageParametersLack'],
    ['<enabled>perhaps</enabled>', 'badXmlContent'],
    ['<enabled>true</enabled><maxIllegalLoginTimes>2</maxIllegalLoginTimes>', 'badXmlContent'],
    ['<enabled>true</enabled><maxIllegalLoginLockTime>3601</maxIllegalLoginLockTime>', 'badXmlContent'],
  ])('%s is %s', async (content, code) => {
    const { terminal, call } = testTerminal();
    const before = terminal.accounts.lock.settings;
    expect((await call('PUT', LOCK, `<IllegalLoginLock>${content}</IllegalLoginLock>`)).subStatusCode).toBe(
      code,
    );
    expect(terminal.accounts.lock.settings).toEqual(before);
  });
});
