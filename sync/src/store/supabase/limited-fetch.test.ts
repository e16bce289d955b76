import { describe, expect, it } from 'vitest';
import { limitFetch, type Fetch } from './limited-fetch.ts';

/** A server whose answers are given by the test, one by one. */
function server() {
  const waiting: ((response: Response) => void)[] = [];
  let most = 0;
  const fetch: Fetch = (_input, init) =>
    new Promise((resolve, reject) => {
      waiting.push(resolve);
      most = Math.max(most, waiting.length);
      init?.signal?.addEventListener('abort', () => {
        reject(init.signal?.reason as Error);
      });
    });
  return { fetch, waiting, most: () => most };
}

const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await Promise.resolve();
};

describe('limitFetch', () => {
  it('keeps at most 24 requests open, and lets the next go as one ends', async () => {
    const { fetch, waiting, most } = server();
    const limited = limitFetch(fetch, 60_000);
    const answers = Array.from({ length: 60 }, () => limited('http://x'));
    await turns(10);
    expect(waiting).toHaveLength(24);
    const statuses: number[] = [];
    for (const answer of answers) {
      waiting.shift()?.(Response.json({}));
      statuses.push((await answer).status);
    }
    expect(statuses).toHaveLength(60);
    expect(most()).toBe(24);
  });

  it('gives up after its time, and a body that never ends is no answer', async () => {
    const silent = limitFetch(server().fetch, 5);
    await expect(silent('http://x')).rejects.toMatchObject({ name: 'TimeoutError' });
    const endless: Fetch = (_input, init) =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              init?.signal?.addEventListener('abort', () => {
                controller.error(init.signal?.reason);
              });
            },
          }),
        ),
      );
    await expect(limitFetch(endless, 5)('http://x')).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('lets others through after a failure', async () => {
    let calls = 0;
    const failing: Fetch = () => {
      calls += 1;
      return Promise.reject(new TypeError('fetch failed'));
    };
    const limited = limitFetch(failing, 1_000);
    await Promise.allSettled(Array.from({ length: 50 }, () => limited('http://x')));
    expect(calls).toBe(50);
  });

  it('hands on status, headers and an empty body', async () => {
    const empty: Fetch = () => Promise.resolve(new Response(null, { status: 204, headers: { 'x-a': 'b' } }));
    const response = await limitFetch(empty, 1_000)('http://x', { method: 'POST' });
    expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([204, 'b', '']);
  });
});
