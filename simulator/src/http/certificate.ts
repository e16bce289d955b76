import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM. */
  key: string;
  cert: string;
  /** SHA-256 of the certificate, lower-case hex without colons. */
  fingerprint: string;
}

const VALID_YEARS = 10;

/**
 * A self-signed certificate as terminals make one for themselves: nobody signed it, and the name in it is the device's.
 * RSA with 2,048 bits, the usual length of those listed in the vendor's capability document.
 */
export async function makeCertificate(commonName: string, now: Date): Promise<Certificate> {
  const notAfterDate = new Date(now);
  notAfterDate.setUTCFullYear(now.getUTCFullYear() + VALID_YEARS);
  const made = await generate([{ name: 'commonName', value: commonName }], {
    notBeforeDate: now,
    notAfterDate,
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const fingerprint = new X509Certificate(made.cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { key: made.private, cert: made.cert, fingerprint };
}
