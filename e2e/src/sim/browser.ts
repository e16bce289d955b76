import { createHttpTransport, type Clock, type Device, type FetchLike, type Transport } from '@pontaj/sync';

type SendOptions = Parameters<Transport['send']>[1];

const TIMEOUT_MS = 5000;
/** What a terminal's page asks when somebody logs in; no engine sends it. */
export const PAGE_LOGIN = '/ISAPI/Security/userCheck?timeStamp=1';
/** Nobody mistypes where fewer are left: what a lock does is not what this is about. */
const SPARED_TRIES = 4;

/** Somebody at a browser, behind the same address as the engines: the terminal counts their bad logins with ours. */
export interface Browser {
  /** Whether they were let in. Never rejects: a broken line is a login that was not. */
  logIn(row: Device, credentials: { username: string; password: string }): Promise<boolean>;
  mistype(row: Device): Promise<void>;
}

export function createBrowser(parts: { clock: Clock; fetch: FetchLike }): Browser {
  const transportFor = createHttpTransport(parts);

  async function send(device: Device, decideLogin: SendOptions['decideLogin']): Promise<number | null> {
    const transport = transportFor(device);
    const { signal } = new AbortController();
    try {
      const request = { method: 'GET', path: PAGE_LOGIN } as const;
      return (await transport.send(request, { signal, timeoutMs: TIMEOUT_MS, decideLogin })).status;
    } catch {
      return null;
    } finally {
      await transport.close();
    }
  }

  return {
    logIn: async (row, credentials) => (await send({ ...row, ...credentials }, () => 'log-in')) === 200,
    async mistype(row) {
      await send({ ...row, username: 'vizitator', password: 'oarecare' }, (triesLeft) =>
        (triesLeft ?? 0) < SPARED_TRIES ? 'look-again' : 'log-in',
      );
    },
  };
}
