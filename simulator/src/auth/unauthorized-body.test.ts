import { describe, expect, it } from 'vitest';
import { unauthorizedBody } from './unauthorized-body.ts';

const traits = {
  unauthorizedBody: 'full',
  xmlNamespace: 'http://www.isapi.org/ver20/XMLSchema',
  xmlVersion: '2.0',
} as const;
const locked = { state: 'lock', unlockTimeS: 1800, retryLoginTime: 0 } as const;

describe('unauthorizedBody', () => {
  it('is what an access terminal sent after one wrong password', () => {
    const lock = { state: 'unlock', unlockTimeS: 0, retryLoginTime: 4 } as const;
    expect(unauthorizedBody(lock, { activated: true, traits })).toEqual({
      contentType: 'application/xml; charset="UTF-8"',
      body: `<?xml version="1.0" encoding="UTF-8"?>
<userCheck version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<statusValue>401</statusValue>
<statusString>Unauthorized</statusString>
<isActivated>true</isActivated>
<lockStatus>unlock</lockStatus>
<unlockTime>0</unlockTime>
<retryLoginTime>4</retryLoginTime>
</userCheck>
`,
    });
  });

  it('counts down while locked', () => {
    const { body } = unauthorizedBody(locked, { activated: true, traits });
    expect(body).toContain(
      '<lockStatus>lock</lockStatus>\n<unlockTime>1800</unlockTime>\n<retryLoginTime>0</retryLoginTime>',
    );
  });

  it('is shorter on the model that leaves fields out while locked', () => {
    const short = { ...traits, unauthorizedBody: 'short-when-locked' } as const;
    const { body } = unauthorizedBody(locked, { activated: true, traits: short });
    expect(body).not.toMatch(/statusString|retryLoginTime/);
    expect(body).toContain('<unlockTime>1800</unlockTime>');
  });

  it('says nothing of locks on recorders, and is a page on cameras', () => {
    const bare = { ...traits, unauthorizedBody: 'bare' } as const;
    expect(unauthorizedBody(locked, { activated: true, traits: bare }).body).toBe(
      '<?xml version="1.0" encoding="UTF-8" ?>\n<userCheck>\n<statusValue>401</statusValue>\n<statusString>Unauthorized</statusString>\n</userCheck>\n',
    );
    const html = { ...traits, unauthorizedBody: 'html' } as const;
    expect(unauthorizedBody(locked, { activated: true, traits: html }).contentType).toBe('text/html');
  });
});
