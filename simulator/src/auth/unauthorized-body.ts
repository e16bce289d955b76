import type { Traits } from '../profiles/traits.ts';
import type { LockState } from '../terminal/login-lock.ts';

export interface UnauthorizedBody {
  contentType: string;
  body: string;
}

/** Observed on cameras V5.5: a page instead of a document. */
const HTML_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Document Error: Unauthorized</title></head>\n' +
  '<body><h2>Access Error: 401 -- Unauthorized</h2>\n<p>Authentication Error</p></body></html>\n';

const STATUS = ['<statusValue>401</statusValue>', '<statusString>Unauthorized</statusString>'];

/**
 * The body of a 401: `userCheck` as access terminals send it, with how many tries are left or how long the lock
 * lasts. The variants are those observed elsewhere (`traits.unauthorizedBody`).
 */
export function unauthorizedBody(
  lock: LockState,
  options: { activated: boolean; traits: Pick<Traits, 'unauthorizedBody' | 'xmlNamespace' | 'xmlVersion'> },
): UnauthorizedBody {
  const { traits, activated } = options;
  if (traits.unauthorizedBody === 'html') return { contentType: 'text/html', body: HTML_PAGE };
  if (traits.unauthorizedBody === 'json')
    return { contentType: 'application/json; charset="UTF-8"', body: jsonBody(lock, activated) };
  const contentType = 'application/xml; charset="UTF-8"';
  if (traits.unauthorizedBody === 'bare') {
    // [ERI-K104] no namespace, and the space before ?>.
    const lines = ['<?xml version="1.0" encoding="UTF-8" ?>', '<userCheck>', ...STATUS, '</userCheck>', ''];
    return { contentType, body: lines.join('\n') };
  }
  const short = traits.unauthorizedBody === 'short-when-locked' && lock.state === 'lock';
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<userCheck version="${traits.xmlVersion}" xmlns="${traits.xmlNamespace}">`,
    ...(short ? ['<statusValue>401</statusValue>'] : STATUS),
    `<isActivated>${activated}</isActivated>`,
    `<lockStatus>${lock.state}</lockStatus>`,
    `<unlockTime>${lock.unlockTimeS}</unlockTime>`,
    ...(short ? [] : [`<retryLoginTime>${lock.retryLoginTime}</retryLoginTime>`]),
    '</userCheck>',
    '',
  ];
  return { contentType, body: lines.join('\n') };
}

/** Two clients read the fields as JSON keys; no capture shows the document around them, so there is none (assumed). */
function jsonBody(lock: LockState, activated: boolean): string {
  return JSON.stringify({
    statusValue: 401,
    statusString: 'Unauthorized',
    isActivated: activated,
    lockStatus: lock.state,
    unlockTime: lock.unlockTimeS,
    retryLoginTime: lock.retryLoginTime,
  });
}
