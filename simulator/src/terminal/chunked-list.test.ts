import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkedList } from './chunked-list.ts';

interface Item {
  arrival: number;
}

type Step = { add: number } | { removeAt: number };

const steps = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 300 }).map((add): Step => ({ add })),
    fc.nat({ max: 2000 }).map((removeAt): Step => ({ removeAt })),
  ),
  { maxLength: 30 },
);

describe('ChunkedList', () => {
  it('pages and forgets like an array', () => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 2500 }), fc.integer({ min: 1, max: 40 }), (list, position, count) => {
        const chunked = new ChunkedList<Item>();
        const plain: Item[] = [];
        let arrival = 0;
        for (const step of list) {
          if ('add' in step)
            for (let added = 0; added < step.add; added += 1) {
              arrival += 1;
              const item = { arrival };
              chunked.add(item);
              plain.push(item);
            }
          else {
            const [item] = plain.splice(step.removeAt, 1);
            if (item) expect(chunked.remove(item, (other) => other.arrival < item.arrival)).toBe(true);
          }
        }
        expect(chunked.size).toBe(plain.length);
        expect(chunked.find((item) => item.arrival - position)).toBe(
          plain.find((item) => item.arrival === position),
        );
        expect(chunked.page(position, count)).toEqual(plain.slice(position, position + count));
        expect([...chunked]).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  it('says when an item is not there', () => {
    const list = new ChunkedList<Item>();
    expect(list.remove({ arrival: 1 }, () => false)).toBe(false);
    list.add({ arrival: 1 });
    expect(list.remove({ arrival: 1 }, (other) => other.arrival < 1)).toBe(false);
    list.clear();
    expect(list.size).toBe(0);
  });
});
