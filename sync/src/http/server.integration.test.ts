import express from 'express';
import { expect, it } from 'vitest';
import { listen } from './server.ts';

it('says which setting to change when the port is taken', async () => {
  const first = await listen(express(), '127.0.0.1', 0);
  const port = Number(new URL(first.url).port);
  const second = listen(express(), '127.0.0.1', port);
  await expect(second).rejects.toMatchObject({ code: 'cannot_listen' });
  await expect(second).rejects.toThrow(/port \d+: another program listens there already.*PORT/);
  await first.stop();
});

it('says so when the address is not of this machine', async () => {
  await expect(listen(express(), '192.0.2.1', 0)).rejects.toThrow(/Set HOST/);
});

it('answers what is open before it stops', async () => {
  const app = express();
  let answer: (() => void) | undefined;
  const asked = new Promise<void>((resolve) => {
    app.get('/', (_request, response) => {
      answer = () => response.end('done');
      resolve();
    });
  });
  const server = await listen(app, '127.0.0.1', 0);
  const response = fetch(server.url);
  await asked;
  const stopped = server.stop();
  answer?.();
  expect(await (await response).text()).toBe('done');
  await stopped;
  await expect(fetch(server.url)).rejects.toThrow();
});
