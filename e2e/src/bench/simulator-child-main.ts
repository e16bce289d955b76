// Forked by simulator-child.ts: the servers whose speed and size are measured, each alone in its process.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFleet } from '@pontaj/simulator';
import type { Ready } from './simulator-child.ts';
import { fleetOptions } from './simulator-fleet-size.ts';
import { terminalOptions } from './simulator-write-request.ts';

const MIB = 1024 * 1024;

/** What a terminal answers to a write that it has carried out. */
const CONSTANT = JSON.stringify({ statusCode: 1, statusString: 'OK', subStatusCode: 'ok' });

const roles = {
  bare: () => bareServer(),
  terminal: async () => (await startFleet(terminalOptions())).devices[0]?.port ?? 0,
  fleet: async () => (await startFleet(fleetOptions())).devices[0]?.port ?? 0,
};

/** The least that node:http can do: the body is thrown away unread, the answer never changes. */
function bareServer(): Promise<number> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, {
      'Content-Type': 'application/json; charset="UTF-8"',
      'Content-Length': CONSTANT.length,
    });
    response.end(CONSTANT);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const port = await roles[process.argv[2] as keyof typeof roles]();
const ready: Ready = { port, rssMiB: process.memoryUsage.rss() / MIB };
process.send?.(ready);
