import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { Device } from '../model/device.ts';
import { LineError } from './transport.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** Over a VPN one attempt takes longer than the 250 ms after which Node would try a host's next address. */
const ADDRESS_ATTEMPT_TIMEOUT_MS = 3_000;
const HTTPS_PORT = '443';

/** Certificates of terminals are self-signed, with keys and protocols that OpenSSL no longer accepts by itself. */
const oldFirmwareTls = {
  rejectUnauthorized: false,
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
} as const;

/**
 * Connects to one device by its certificate policy. For a pinned one the fingerprint is compared before the first byte
 * of HTTP is written.
 * @param onConnected Gets the TCP connection, also the one under TLS: only it can be reset.
 */
export function createDeviceConnector(
  device: Pick<Device, 'scheme' | 'certificatePolicy'>,
  onConnected: (connection: Socket) => void,
): buildConnector.connector {
  const connectTcp = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT_MS,
  });
  const connectNoted: buildConnector.connector = (options, callback) => {
    connectTcp(options, (...[error, connection]) => {
      if (error) callback(error, null);
      else {
        onConnected(connection);
        callback(null, connection);
      }
    });
  };
  return device.scheme === 'http' ? connectNoted : overTls(connectNoted, device.certificatePolicy);
}

function overTls(
  connectTcp: buildConnector.connector,
  policy: Device['certificatePolicy'],
): buildConnector.connector {
  const secure = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    // A resumed session shows no certificate, and an unseen one cannot be compared.
    maxCachedSessions: 0,
    ...(policy.mode === 'verify' ? {} : oldFirmwareTls),
  });
  return (options, callback) => {
    const port = options.port || HTTPS_PORT;
    connectTcp({ ...options, port, protocol: 'http:' }, (...[error, httpSocket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      secure({ ...options, port, httpSocket }, (...[failure, socket]) => {
        if (failure) {
          callback(failure, null);
          return;
        }
        const refusal =
          policy.mode === 'pinned' ? compareFingerprint(socket as TLSSocket, policy.fingerprint) : null;
        if (refusal) {
          socket.destroy();
          callback(refusal, null);
        } else callback(null, socket);
      });
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
