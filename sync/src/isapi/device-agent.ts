import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import type { Device } from '../model/device.ts';
import { LineError } from './transport.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** Over a VPN one attempt takes longer than the 250 ms after which Node would try a host's next address. */
const ADDRESS_ATTEMPT_TIMEOUT_MS = 3_000;
/** Terminals announce 8 to 60 s; a socket that was idle longer than this is not trusted with another call. */
const KEEP_ALIVE_MS = 4_000;

/** Certificates of terminals are self-signed, with keys and protocols that OpenSSL no longer accepts by itself. */
const oldFirmwareTls = {
  rejectUnauthorized: false,
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
} as const;

/**
 * The connections of one device: one at a time, since terminals take one ISAPI session at once [DS-K1T321MFWX].
 * For a pinned device the fingerprint is compared before the first byte of HTTP is written.
 */
export function createDeviceAgent(device: Pick<Device, 'scheme' | 'certificatePolicy'>): Agent {
  return new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // The call's own deadline covers both halves of the handshake.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: connectorFor(device),
  });
}

function connectorFor(device: Pick<Device, 'scheme' | 'certificatePolicy'>): buildConnector.connector {
  const policy = device.certificatePolicy;
  const common = {
    timeout: CONNECT_TIMEOUT_MS,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT_MS,
    // A resumed session shows no certificate, and an unseen one cannot be compared.
    maxCachedSessions: 0,
  };
  if (device.scheme === 'http' || policy.mode === 'verify') return buildConnector(common);
  const connect = buildConnector({ ...common, ...oldFirmwareTls });
  if (policy.mode === 'unchecked') return connect;
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      const refusal = compareFingerprint(socket as TLSSocket, policy.fingerprint);
      if (refusal) {
        socket.destroy();
        callback(refusal, null);
      } else callback(null, socket);
    });
  };
}

function compareFingerprint(socket: TLSSocket, pinned: string): LineError | null {
  const wanted = hexOf(pinned);
  if (!/^[0-9a-f]{64}$/.test(wanted)) {
    return refused(
      'The pinned certificate fingerprint of this device is not a SHA-256 fingerprint: enter 64 hex digits, ' +
        'with or without colons.',
    );
  }
  const shown = shownFingerprint(socket);
  if (hexOf(shown) === wanted) return null;
  return refused(
    `The device shows another certificate (SHA-256 ${shown || 'none'}) than the pinned one. Nothing was sent. ` +
      'If the terminal or its certificate was replaced on purpose, pin the new fingerprint.',
  );
}

function shownFingerprint(socket: TLSSocket): string {
  const certificate: Partial<DetailedPeerCertificate> = socket.getPeerCertificate(true);
  return certificate.raw ? new X509Certificate(certificate.raw).fingerprint256 : '';
}

const hexOf = (fingerprint: string): string => fingerprint.replaceAll(/[\s:]/g, '').toLowerCase();

const refused = (message: string): LineError => new LineError('certificate', 'not-sent', message);
