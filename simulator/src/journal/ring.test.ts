import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ring } from './ring.ts';

test('keeps the newest items within number and weight, in order, both ways', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 300 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 200 }),
      (weights, maxItems, maxWeight) => {
        const ring = new Ring<number>({ maxItems, maxWeight, weigh: (weight) => weight });
        let model: number[] = [];
        for (const weight of weights) {
          ring.add(weight);
          model.push(weight);
          const sum = () => model.reduce((total, item) => total + item, 0);
          while (model.length > 1 && (model.length > maxItems || sum() > maxWeight)) model = model.slice(1);
          expect(ring).toHaveLength(model.length);
        }
        expect([...ring]).toEqual(model);
        expect([...ring.backwards()]).toEqual(model.toReversed());
        ring.clear();
        expect([...ring]).toEqual([]);
      },
    ),
  );
});

test('an item heavier than all that is allowed is still kept, alone', () => {
  const ring = new Ring<string>({ maxItems: 10, maxWeight: 3, weigh: (text) => text.length });
  ring.add('a');
  ring.add('too heavy');
  expect([...ring]).toEqual(['too heavy']);
});
