import { describe, expect, it, onTestFinished } from 'vitest';
import { answers } from './answer-schemas.ts';
import { line } from './testing/furnish.ts';
import { deviceId } from './testing/ids.ts';
import { startApp } from './testing/start-app.ts';
import { token } from './testing/tokens.ts';

const start = async () => {
  const app = await startApp();
  onTestFinished(() => app.server.stop());
  return app;
};

describe('runs', () => {
  it('are listed newest first, in pages', async () => {
    const { ask, post } = await start();
    for (const n of [1, 2])
      await post('sync-all-to-device', { dispozitiv_id: deviceId(n) }, { prefer: 'respond-async' });
    const ids: unknown[] = [];
    let query = '';
    for (let page = 0; page < 3 && query !== 'null'; page += 1) {
      const { status, body } = await ask(`/api/hikvision/runs?limit=1${query}`);
      expect(status).toBe(200);
      const list = answers.RunList.parse(body);
      ids.push(...list.runs.map(({ run_id }) => run_id));
      query = list.next === null ? 'null' : `&before=${list.next}`;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  });

  it('can be asked for while they run', async () => {
    const { engine, ask, post } = await start();
    const { body } = await post('sync-all-to-all-devices', {}, { prefer: 'respond-async' });
    await engine.work(String(body.run_id), deviceId(1), [line(1, 1)], { state: 'running' });
    const run = await ask(`/api/hikvision/runs/${String(body.run_id)}`);
    expect(answers.Run.parse(run.body)).toEqual(run.body);
    expect(run.body).toMatchObject({ status: 'running', requested_by: 'user-1', summary: { success: 1 } });
  });

  it('are cancelled once', async () => {
    const { engine, post } = await start();
    const { body } = await post(
      'sync-all-to-device',
      { dispozitiv_id: deviceId(1) },
      { prefer: 'respond-async' },
    );
    const runId = String(body.run_id);
    expect(await post(`runs/${runId}/cancel`, {})).toMatchObject({
      status: 202,
      body: { status: 'cancelling' },
    });
    expect(engine.cancelled).toEqual([runId]);
    await engine.work(runId, deviceId(1), [], { state: 'cancelled' });
    await engine.finish(runId);
    expect(await post(`runs/${runId}/cancel`, {})).toMatchObject({
      status: 409,
      body: { code: 'run_already_finished' },
    });
  });

  it('are watched as server-sent events until they are over', async () => {
    const { engine, server, post } = await start();
    const { body } = await post(
      'sync-all-to-device',
      { dispozitiv_id: deviceId(1) },
      { prefer: 'respond-async' },
    );
    const runId = String(body.run_id);
    const response = await fetch(`${server.url}/api/hikvision/runs/${runId}/events`, {
      headers: { authorization: `Bearer ${await token(Date.now())}` },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader.read();
    expect(first.value).toContain('"status":"queued"');
    await engine.work(runId, deviceId(1), [line(1, 1)]);
    await engine.finish(runId);
    let rest = '';
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) rest += chunk.value;
    expect(rest).toMatch(/event: finished\ndata: .*"status":"completed".*\n\n$/);
  });
});
