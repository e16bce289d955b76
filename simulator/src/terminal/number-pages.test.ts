import { expect, it } from 'vitest';
import { NumberPages } from './number-pages.ts';

it('keeps what follows each other and what is far apart', () => {
  const pages = new NumberPages<{ number: number }>();
  const numbers = [0, 63, 64, 1000, 1001, 9_999_999];
  for (const number of numbers) pages.set(number, { number });
  pages.set(64, { number: 64 });
  expect(pages.size).toBe(numbers.length);
  for (const number of numbers) expect(pages.get(number)).toEqual({ number });
  expect([1, 62, 65, 1002].map((number) => pages.get(number))).toEqual(Array(4).fill(undefined));
});

it('stays right while thousands come and go, each on a page of its own', () => {
  const pages = new NumberPages<{ number: number }>();
  pages.set(7, { number: 7 });
  for (let number = 64; number < 640_000; number += 64) {
    pages.set(number, { number });
    expect(pages.delete(number)).toBe(true);
    expect(pages.delete(number)).toBe(false);
  }
  expect(pages.size).toBe(1);
  expect(pages.get(7)).toEqual({ number: 7 });
  pages.clear();
  expect([pages.size, pages.get(7)]).toEqual([0, undefined]);
});
