import type { Socket } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { Device } from '../model/device.ts';
import { createDeviceConnector } from './device-connector.ts';

/** Terminals announce 8 to 60 s; a socket that was idle longer than this is not trusted with another call. */
const KEEP_ALIVE_MS = 4_000;

/** The connections of one device: one at a time, since terminals take one ISAPI session at once [DS-K1T321MFWX]. */
export interface DeviceAgent {
  readonly dispatcher: Dispatcher;
  /**
   * Ends the connection and takes back whatever the device has not confirmed. After an orderly close the system goes on
   * delivering it for minutes: a person given up long ago would arrive when the link is back, after newer ones, or a
   * login on a nonce that is no longer good, which some terminals count as a bad one.
   */
  reset(): void;
  close(): Promise<void>;
}

/** Connects when first used. */
export function createDeviceAgent(device: Pick<Device, 'scheme' | 'certificatePolicy'>): DeviceAgent {
  let latest: Socket | null = null;
  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // The call's own deadline covers both halves of the handshake.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: createDeviceConnector(device, (connection) => {
      latest = connection;
    }),
  });
  return {
    dispatcher: agent,
    reset() {
      if (latest?.destroyed === false) latest.resetAndDestroy();
      latest = null;
    },
    close: () => agent.destroy(),
  };
}
