import type { Verdict } from './answer.ts';
import type { LineError } from './transport.ts';

const codes: Record<LineError['code'], string> = {
  timeout: 'device_timeout',
  refused: 'device_unreachable',
  unreachable: 'device_unreachable',
  dns: 'device_unreachable',
  'no-credentials': 'device_credentials_missing',
  reset: 'device_connection_lost',
  tls: 'device_certificate',
  certificate: 'device_certificate',
  'too-large': 'device_answer_broken',
  'broken-http': 'device_answer_broken',
  aborted: 'cancelled',
};

const lineCodes: ReadonlySet<string> = new Set(Object.values(codes));

/** Whether a verdict with this code tells of a call without an answer. */
export const isLineCode = (code: string | null): boolean => code !== null && lineCodes.has(code);

/**
 * A call without an answer, in the terms of one: class `network`, and in `delivery` whether the device may have done
 * it. The message is the error's own: it names the device's address and the remedy.
 */
export function verdictOfLineError(error: LineError): Verdict {
  return {
    class: 'network',
    deviceCode: error.code,
    code: codes[error.code],
    message: error.message,
    delivery: error.delivery,
    httpStatus: error.status,
    unlockTimeS: null,
    raw: null,
  };
}
