import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cards } from './cards.ts';

function cards(traits: { maxCards?: number; maxCardsPerPerson?: number } = {}) {
  const persons = new Set(['1', '2']);
  const store = new Cards({
    traits: { maxCards: 100, maxCardsPerPerson: 5, ...traits },
    personExists: (employeeNo) => persons.has(employeeNo),
  });
  return store;
}

const card = (cardNo: string, employeeNo = '1', cardType = 'normalCard') => ({
  cardNo,
  employeeNo,
  cardType,
});

describe('cards', () => {
  it('hang on persons that are there', () => {
    expect(cards().add(card('1', '9'))).toBe('employeeNoNotExist');
  });

  it('are told apart by text: leading zeros matter', () => {
    const store = cards();
    expect(store.add(card('0001'))).toBeNull();
    expect(store.add(card('1', '2'))).toBeNull();
    expect(store.get('0001')?.employeeNo).toBe('1');
    expect(store.get('1')?.employeeNo).toBe('2');
    expect(store.get('001')).toBeUndefined();
  });

  it('belong to one person', () => {
    const store = cards();
    store.add(card('7'));
    expect(store.add(card('7', '2'))).toBe('cardNoAlreadyExist');
    expect(store.modify(card('7', '2'))).toBe('cardNoAlreadyExist');
    expect(store.modify(card('7', '1', 'superCard'))).toBeNull();
    expect(store.get('7')).toEqual(card('7', '1', 'superCard'));
    expect(store.modify(card('8'))).toBe('cardNoNotExist');
  });

  it('end where the device or the person is full', () => {
    const store = cards({ maxCards: 3, maxCardsPerPerson: 2 });
    store.add(card('1'));
    store.add(card('2'));
    expect(store.add(card('3'))).toBe('cardFullPerUser');
    store.add(card('3', '2'));
    expect(store.add(card('4', '2'))).toBe('deviceCardFull');
    store.remove('1');
    expect(store.add(card('4', '2'))).toBeNull();
  });

  it('have no limit per person at 255', () => {
    const store = cards({ maxCards: 1000, maxCardsPerPerson: 255 });
    for (let index = 0; index < 300; index += 1) expect(store.add(card(String(index)))).toBeNull();
    expect(store.countOf('1')).toBe(300);
  });

  it('die with their person', () => {
    const store = cards();
    store.add(card('1'));
    store.add(card('2', '2'));
    store.removeOf('1');
    store.removeOf('nobody');
    expect(store.snapshot()).toEqual([card('2', '2')]);
    expect(store.holders).toBe(1);
    expect(store.countOf('1')).toBe(0);
  });

  it('named by person and by number come once each', () => {
    const store = cards();
    for (const one of [card('1'), card('2'), card('3', '2')]) store.add(one);
    expect(store.page({ employeeNos: ['1', '9'], cardNos: ['2', '3', '4'] }, 0, 10)).toEqual({
      total: 3,
      cards: [card('2'), card('3', '2'), card('1')],
    });
  });

  it('keep their counts through any writes, and their pages cover all of them', () => {
    const write = fc.record({
      remove: fc.boolean(),
      cardNo: fc.integer({ min: 0, max: 9 }).map(String),
      employeeNo: fc.constantFrom('1', '2'),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (writes, count) => {
        const store = cards();
        for (const { remove, cardNo, employeeNo } of writes)
          if (remove) store.remove(cardNo);
          else store.add(card(cardNo, employeeNo));
        expect(store.countOf('1') + store.countOf('2')).toBe(store.size);
        const found = [];
        for (let position = 0; position < store.size; position += count)
          found.push(...store.page({}, position, count).cards);
        expect(found).toEqual(store.snapshot());
        const copy = cards();
        copy.restore(store.snapshot());
        expect(copy.snapshot()).toEqual(store.snapshot());
        expect(copy.countOf('1')).toBe(store.countOf('1'));
      }),
    );
  });
});
