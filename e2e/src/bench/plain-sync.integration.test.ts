import { expect, test } from 'vitest';
import { startStack } from '../stack/start-stack.ts';
import { deviceLoad } from './device-load.ts';
import { plainSync } from './plain-sync.ts';

test('the plain sync does the work it is compared by: every person and face, two calls a pair, every time', async () => {
  const stack = await startStack({
    devices: 2,
    traits: { answerMs: 0, modellingMinMs: 0, modellingMaxMs: 0 },
    employees: 3,
    startDaemon: false,
  });
  try {
    expect(await plainSync(stack.database, 0)).toBe(12);
    for (const device of stack.devices) {
      const names = (await device.persons()).map(({ name }) => name);
      expect(names).toEqual(stack.employees.map(({ nume, prenume }) => `${nume} ${prenume}`));
      expect(await device.faces()).toHaveLength(3);
      expect((await deviceLoad(device)).calls).toBe(6);
    }
    expect(await plainSync(stack.database, 0)).toBe(12);
  } finally {
    await stack.stop();
  }
});
