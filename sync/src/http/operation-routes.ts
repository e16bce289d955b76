import { Router } from 'express';
import type { StorePort } from './store-port.ts';
import { docsPage } from './docs-page.ts';
import { openApi } from './openapi.ts';

export interface MetricsPort {
  contentType: string;
  /** The metrics as Prometheus reads them. */
  read(): Promise<string>;
}

/** For those who run the daemon; none of these needs a token and none tells anything about people. */
export function operationRoutes(deps: {
  store: StorePort;
  metrics: MetricsPort;
  stopping: AbortSignal;
}): Router {
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  // Not ready while stopping: whoever balances load sends no more work here.
  router.get('/readyz', async (_request, response) => {
    if (deps.stopping.aborted) {
      response.status(503).json({ status: 'stopping' });
      return;
    }
    await deps.store.checkReachable();
    response.json({ status: 'ready' });
  });

  router.get('/metrics', async (_request, response) => {
    response.set('Content-Type', deps.metrics.contentType).send(await deps.metrics.read());
  });

  router.get('/openapi.json', (_request, response) => {
    response.json(openApi());
  });

  router.get('/docs', (_request, response) => {
    response
      .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
      .type('html')
      .send(docsPage(openApi()));
  });

  return router;
}
