/** How the driver and PostgreSQL say that a connection could not be had or has ended. */
const LOST =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|CONNECTION_(CLOSED|ENDED|DESTROYED|CONNECT_TIMEOUT)|terminating connection|the database system is (starting up|shutting down|in recovery)/;

/**
 * lite answers 500 `SUP` to everything it has no name for, a database that is away included. PostgREST says 503
 * `PGRST001` then, from which clients know that it passes by itself: so do we.
 */
export async function nameOutage(response: Response): Promise<Response> {
  if (response.status !== 500) return response;
  const text = await response.text();
  const { status, headers } = response;
  if (!isOutage(text)) return new Response(text, { status, headers });
  return Response.json(
    {
      code: 'PGRST001',
      details: null,
      hint: null,
      message: 'Database client error. Retrying the connection.',
    },
    { status: 503 },
  );
}

function isOutage(text: string): boolean {
  try {
    const { code, message } = JSON.parse(text) as { code?: unknown; message?: unknown };
    return code === 'SUP' && typeof message === 'string' && LOST.test(message);
  } catch {
    return false;
  }
}
