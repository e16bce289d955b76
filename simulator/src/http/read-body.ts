import type { IncomingMessage } from 'node:http';
import type { BodyRead } from './exchange.ts';

/** Largest body a terminal reads. Photos are refused from 200 KB on, so there is room to say why. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Of a body that nobody wants, so much is read and thrown away; then the connection is cut. */
const MAX_DRAINED_BYTES = 16 * 1024 * 1024;

const EMPTY: BodyRead = { ok: true, body: Buffer.alloc(0) };

/** True when the head announces a body. */
export function announcesBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] !== undefined) return true;
  return length !== undefined && length !== '0';
}

/**
 * Reads the whole body, within bounds of size; its time is bounded by the server's `requestTimeout`. No promise where
 * all of it waits in the request's buffer. Never throws or rejects.
 */
export function readBody(request: IncomingMessage): BodyRead | Promise<BodyRead> {
  if (!announcesBody(request)) return EMPTY;
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > MAX_BODY_BYTES) return { ok: false, why: 'too-large' };
  if (request.complete && request.readableFlowing === null) {
    const body = request.read() as Buffer | null;
    if (body !== null) return { ok: true, body };
    return announced > 0 ? { ok: false, why: 'gone' } : EMPTY;
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    // The request is used up afterwards: its listeners go with it, and the first result is the one that counts.
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve({ ok: false, why: 'too-large' });
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve({ ok: true, body: chunks.length === 1 && only ? only : Buffer.concat(chunks) });
    });
    request.on('close', () => {
      resolve({ ok: false, why: 'gone' });
    });
  });
}

/** Resolves with the first part of a body, which is lost to later readers; at once when none is announced. Never rejects. */
export function bodyBegins(request: IncomingMessage): Promise<void> {
  if (!announcesBody(request)) return Promise.resolve();
  return new Promise((resolve) => {
    const begun = () => {
      request.pause();
      resolve();
    };
    request.once('data', begun);
    request.once('close', begun);
  });
}

/** Throws away what is left of a body, within bounds, so that the client can finish writing and read its answer. */
export function drainBody(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let drainedBytes = 0;
  request.on('data', (chunk: Buffer) => {
    drainedBytes += chunk.length;
    if (drainedBytes > MAX_DRAINED_BYTES) request.socket.destroy();
  });
  request.resume();
}
