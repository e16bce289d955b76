import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../store/memory/memory-store.ts';
import { StoreUnreachableError } from '../../store/store-errors.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { createEmployeeDesk } from './employee-desk.ts';
import { anEmployee } from '../testing/world.ts';

function setUp() {
  const clock = createVirtualClock(0);
  const store = createMemoryStore({ clock });
  for (let number = 1000; number < 1010; number += 1) store.admin.putEmployee(anEmployee(number));
  const asked: number[][] = [];
  let pages = 0;
  const broken = { next: false };
  const desk = createEmployeeDesk(
    {
      ...store,
      readEmployeesByNumber: async (numbers) => {
        asked.push(numbers);
        await clock.sleep(10);
        if (broken.next) {
          broken.next = false;
          throw new StoreUnreachableError('away');
        }
        return store.readEmployeesByNumber(numbers);
      },
      readActiveEmployees: async (after, limit) => {
        pages += 1;
        await clock.sleep(10);
        return store.readActiveEmployees(after, limit);
      },
    },
    clock,
  );
  return { clock, store, desk, asked, broken, pages: () => pages };
}

describe('employees for all lanes', () => {
  test('whoever asks while a question is under way shares the next one; nobody gets an old answer', async () => {
    const { clock, store, desk, asked } = setUp();
    const first = Promise.all([desk.fresh(1000), desk.fresh(1000), desk.fresh(1001), desk.fresh(9)]);
    await clock.advance(5);
    store.admin.putEmployee(anEmployee(1002, { active: false }));
    const later = Promise.all([desk.fresh(1002), desk.fresh(1000)]);
    const [a, b, c, nobody] = await clock.run(first);
    expect([a?.employeeNo, b?.employeeNo, c?.employeeNo, nobody]).toEqual([1000, 1000, 1001, null]);
    expect((await clock.run(later))[0]?.active).toBe(false);
    expect(asked).toEqual([
      [1000, 1001, 9],
      [1002, 1000],
    ]);
  });

  test('a question that failed fails for those who asked it, and the next one is asked again', async () => {
    const { clock, desk, broken } = setUp();
    broken.next = true;
    const failed = expect(desk.fresh(1000)).rejects.toThrow('away');
    await clock.advance(20);
    await failed;
    expect((await clock.run(desk.fresh(1000)))?.employeeNo).toBe(1000);
  });

  test('a page is read once for all who may have it, and anew for a run that was asked for later', async () => {
    const { clock, desk, pages } = setUp();
    const both = await clock.run(Promise.all([desk.page(null, 4, 0), desk.page(null, 4, 0)]));
    expect(both[0]).toBe(both[1]);
    expect(both[0].rows.map(({ employeeNo }) => employeeNo)).toEqual([1000, 1001, 1002, 1003]);
    expect(pages()).toBe(1);
    await clock.run(desk.page(1003, 4, 0));
    await clock.run(desk.page(null, 4, clock.now()));
    expect(pages()).toBe(3);
  });
});
