/**
 * Whether an error that nobody caught is the driver falling over a connection that ended while it wrote to it: when
 * PostgreSQL restarts under load, postgres 3.4.9 writes to a socket that is null by then (`nextWrite`). The connection
 * is gone either way and the next question opens another one.
 */
export function isLostConnection(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    /[\\/]postgres[\\/](cjs[\\/])?src[\\/]connection\.js/.test(error.stack ?? '')
  );
}
