// Forked by simulator-child.ts: the servers whose speed and size are measured, each alone in its process.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFleet, type FleetOptions } from '@pontaj/simulator';
import type { Ready } from './simulator-child.ts';
import { fleetOptions } from './simulator-fleet-size.ts';
import { terminalOptions } from './simulator-write-request.ts';

const MIB = 1024 * 1024;

/** What a terminal answers to a write that it has carried out. */
const CONSTANT = JSON.stringify({ statusCode: 1, statusString: 'OK', subStatusCode: 'ok' });

const roles = {
  bare: bareServer,
  terminal: () => startTerminals(terminalOptions()),
  fleet: () => startTerminals(fleetOptions()),
};

async function startTerminals(options: FleetOptions): Promise<Ready> {
  const startedMs = performance.now();
  const { devices } = await startFleet(options);
  return ready(devices[0]?.port ?? 0, performance.now() - startedMs);
}

function ready(port: number, startMs: number): Ready {
  return { port, startMs, rssMiB: process.memoryUsage.rss() / MIB };
}

/** The least that node:http can do: the body is thrown away unread, the answer never changes. */
function bareServer(): Promise<Ready> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, {
      'Content-Type': 'application/json; charset="UTF-8"',
      'Content-Length': CONSTANT.length,
    });
    response.end(CONSTANT);
  });
  // Longer than the rounds of the other server last, as the terminal's: they must not cost it its connections.
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(ready((server.address() as AddressInfo).port, 0));
    });
  });
}

// Whoever measures is gone: nobody else would stop this process.
process.on('disconnect', () => process.exit());
process.send?.(await roles[process.argv[2] as keyof typeof roles]());
