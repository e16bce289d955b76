import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlApp, type ControlOptions } from './app.ts';

export interface ControlServer {
  /** `http://127.0.0.1:9100` */
  url: string;
  stop(): Promise<void>;
}

/** Serves the control API. Port 0: a free one. Rejects when the port is taken, as `listen` does. */
export async function listenControl(
  options: ControlOptions & { host: string; port: number },
): Promise<ControlServer> {
  const { host, port } = options;
  const control = controlApp(options);
  const server = createServer(control.app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  // Whoever listens on every address reaches it on the own one.
  const shown =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        control.stop();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
