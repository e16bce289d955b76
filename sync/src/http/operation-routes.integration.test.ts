import { describe, expect, it, onTestFinished } from 'vitest';
import { openApi } from './openapi.ts';
import { NOBODY } from './testing/ids.ts';
import { startApp } from './testing/start-app.ts';

const start = async () => {
  const app = await startApp();
  onTestFinished(() => app.server.stop());
  return app;
};

describe('operation', () => {
  it('needs no token', async () => {
    const { ask } = await start();
    const headers = { authorization: '' };
    expect(await ask('/healthz', { headers })).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('/readyz', { headers })).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect((await ask('/metrics', { headers })).body).toEqual({ text: 'up 1\n' });
    expect((await ask('/openapi.json', { headers })).body).toEqual(openApi());
    const docs = await ask('/docs', { headers });
    expect(docs.type).toContain('text/html');
    expect(docs.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('is not ready while it stops', async () => {
    const { ask, stopping } = await start();
    stopping.abort();
    expect((await ask('/readyz')).status).toBe(503);
  });

  it('lists in /docs exactly what answers', async () => {
    const { ask } = await start();
    const page = String((await ask('/docs')).body.text);
    for (const [path, operations] of Object.entries(openApi().paths))
      for (const method of Object.keys(operations)) {
        expect(page).toContain(`${method.toUpperCase()} ${path}`);
        const answer = await ask(path.replace('{id}', NOBODY), {
          method: method.toUpperCase(),
          ...(method === 'post' ? { body: '[]' } : {}),
        });
        expect(['route_not_found', 'method_not_allowed']).not.toContain(answer.body.code);
      }
  });

  it('gives each request its own id and reports it without its query', async () => {
    const { answered, ask } = await start();
    const first = await ask('/healthz?token=abc');
    const second = await ask('/healthz');
    const ids = [first, second].map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(2);
    expect(await answered(0)).toMatchObject({
      requestId: ids[0],
      method: 'GET',
      path: '/healthz',
      status: 200,
    });
  });
});
