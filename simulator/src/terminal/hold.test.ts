import { describe, expect, it } from 'vitest';
import { Hold } from './hold.ts';

describe('Hold', () => {
  it('is taken while work is under way, and free after it, also after a failure', async () => {
    const hold = new Hold();
    let finish: (value: string) => void = () => undefined;
    const work = hold.during('modelling', () => new Promise<string>((resolve) => (finish = resolve)));
    expect(hold.occupation).toBe('modelling');
    await expect(hold.during('deleting', () => Promise.resolve(1))).rejects.toThrow('busy modelling');
    finish('done');
    expect(await work).toBe('done');
    expect(hold.occupation).toBeNull();
    await expect(hold.during('deleting', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(hold.occupation).toBeNull();
  });

  it('drops the work under way, without its result, and is free for the next at once', async () => {
    const hold = new Hold();
    let finish: () => void = () => undefined;
    const old = hold.during('modelling', async (signal) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      return 'stored';
    });
    hold.drop();
    const next = hold.during('deleting', () => new Promise<void>((resolve) => (finish = resolve)));
    expect(await old).toBeNull();
    expect(hold.occupation).toBe('deleting');
    finish();
    await next;
    expect(hold.occupation).toBeNull();
  });
});
