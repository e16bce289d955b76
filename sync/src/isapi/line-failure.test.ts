import { expect, test } from 'vitest';
import { lineFailure } from './line-failure.ts';
import { LineError } from './transport.ts';

const failed = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });

/** [system code, line code, whether the signed request can have left before it] */
const rows: [string, LineError['code'], LineError['delivery']][] = [
  ['ECONNREFUSED', 'refused', 'not-sent'],
  ['EHOSTUNREACH', 'unreachable', 'not-sent'],
  ['ENETUNREACH', 'unreachable', 'not-sent'],
  ['ENOTFOUND', 'dns', 'not-sent'],
  ['EAI_AGAIN', 'dns', 'not-sent'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 'not-sent'],
  ['ETIMEDOUT', 'timeout', 'unknown'],
  ['ECONNRESET', 'reset', 'unknown'],
  ['EPIPE', 'reset', 'unknown'],
  ['UND_ERR_SOCKET', 'reset', 'unknown'],
  ['HPE_INVALID_CONSTANT', 'broken-http', 'unknown'],
  ['UND_ERR_HEADERS_OVERFLOW', 'broken-http', 'unknown'],
  ['EPROTO', 'tls', 'not-sent'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'not-sent'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', 'not-sent'],
  ['CERT_HAS_EXPIRED', 'certificate', 'not-sent'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', 'not-sent'],
];

test.each(rows)('%s is %s, and on the signed request %s', (systemCode, code, delivery) => {
  const origin = 'http://192.0.2.1:80';
  expect(lineFailure(failed(systemCode), origin, true)).toMatchObject({ code, delivery });
  expect(lineFailure(failed(systemCode), origin, false)).toMatchObject({ code, delivery: 'not-sent' });
});

test('the addresses of one host tried in turn: the first one speaks', () => {
  const both = new AggregateError([
    Object.assign(new Error('v6'), { code: 'EHOSTUNREACH' }),
    new Error('v4'),
  ]);
  expect(lineFailure(new TypeError('fetch failed', { cause: both }), 'x', true).code).toBe('unreachable');
});

test('a LineError deep in the causes is the failure', () => {
  const inner = new LineError('certificate', 'not-sent', 'pinned');
  expect(lineFailure(new TypeError('fetch failed', { cause: inner }), 'x', true)).toBe(inner);
});

test('something without a code, or no error at all, is broken HTTP', () => {
  expect(lineFailure(new Error('?'), 'x', true)).toMatchObject({ code: 'broken-http', delivery: 'unknown' });
  expect(lineFailure('text', 'x', false)).toMatchObject({ code: 'broken-http', delivery: 'not-sent' });
});

test('causes in a circle come to an end', () => {
  const circle = new Error('a');
  circle.cause = circle;
  expect(lineFailure(circle, 'x', true).code).toBe('broken-http');
});

test('the sentence names the device, what happened and what to do', () => {
  expect(lineFailure(failed('ECONNREFUSED'), 'http://192.0.2.1:80', true).message).toBe(
    'The device at http://192.0.2.1:80 refused the connection. Check that the port is right and that the terminal has ' +
      'finished starting (ECONNREFUSED).',
  );
});
