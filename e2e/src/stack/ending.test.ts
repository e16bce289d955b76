import { expect, test } from 'vitest';
import { Ending } from './ending.ts';

test('takes down last first, once, and everything even when some of it fails', async () => {
  const done: string[] = [];
  const ending = new Ending();
  const step = (name: string, error?: Error) => () => {
    done.push(name);
    return error ? Promise.reject(error) : Promise.resolve();
  };
  ending.add(step('database'));
  ending.add(step('terminals', new Error('stuck')));
  ending.add(step('daemon'));
  await expect(ending.run()).rejects.toThrow(/stuck/);
  expect(done).toEqual(['daemon', 'terminals', 'database']);
  await ending.run();
  expect(done).toHaveLength(3);
});
