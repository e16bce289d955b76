import { ChunkedList } from './chunked-list.ts';
import { IdMap } from './id-map.ts';

/** A card and whose it is. `cardNo` is text: leading zeros matter. */
export interface Card {
  cardNo: string;
  employeeNo: string;
  cardType: string;
}

interface Slot {
  card: Card;
  /** Grows with every new card: gives the order of the list. */
  readonly arrival: number;
}

/** Why a card cannot be written; the names are those of the wire. */
export type CardRefusal =
  'employeeNoNotExist' | 'cardNoAlreadyExist' | 'cardNoNotExist' | 'deviceCardFull' | 'cardFullPerUser';

/** From this value on a person may have any number of cards [vendor guide]. */
const UNLIMITED_CARDS_PER_PERSON = 255;

/** The cards of a terminal. They hang on persons and die with them. */
export class Cards {
  #limits: { maxCards: number; maxCardsPerPerson: number };
  #personExists: (employeeNo: string) => boolean;
  #byCardNo = new IdMap<Slot>();
  #order = new ChunkedList<Slot>();
  #byEmployeeNo = new IdMap<Set<string>>();
  #arrivals = 0;

  constructor(deps: {
    traits: { maxCards: number; maxCardsPerPerson: number };
    personExists: (employeeNo: string) => boolean;
  }) {
    this.#limits = deps.traits;
    this.#personExists = deps.personExists;
  }

  get size(): number {
    return this.#byCardNo.size;
  }

  get(cardNo: string): Card | undefined {
    return this.#byCardNo.get(cardNo)?.card;
  }

  countOf(employeeNo: string): number {
    return this.#byEmployeeNo.get(employeeNo)?.size ?? 0;
  }

  /** How many persons have a card. */
  get holders(): number {
    return this.#byEmployeeNo.size;
  }

  /** A new card; null when it is stored. */
  add(card: Card): CardRefusal | null {
    if (!this.#personExists(card.employeeNo)) return 'employeeNoNotExist';
    if (this.#byCardNo.has(card.cardNo)) return 'cardNoAlreadyExist';
    if (this.#byCardNo.size >= this.#limits.maxCards) return 'deviceCardFull';
    const perPerson = this.#limits.maxCardsPerPerson;
    if (perPerson < UNLIMITED_CARDS_PER_PERSON && this.countOf(card.employeeNo) >= perPerson)
      return 'cardFullPerUser';
    this.#store(card);
    return null;
  }

  /** Changes a card that is there; a card never moves to another person. */
  modify(card: Card): CardRefusal | null {
    const known = this.#byCardNo.get(card.cardNo);
    if (!known) return 'cardNoNotExist';
    if (known.card.employeeNo !== card.employeeNo) return 'cardNoAlreadyExist';
    known.card = card;
    return null;
  }

  remove(cardNo: string): boolean {
    const slot = this.#byCardNo.get(cardNo);
    if (!slot) return false;
    this.#drop(slot);
    const { employeeNo } = slot.card;
    const own = this.#byEmployeeNo.get(employeeNo);
    own?.delete(cardNo);
    if (own?.size === 0) this.#byEmployeeNo.delete(employeeNo);
    return true;
  }

  /** All cards of a person, as when the person is deleted. */
  removeOf(employeeNo: string): void {
    for (const cardNo of this.#byEmployeeNo.get(employeeNo) ?? []) {
      const slot = this.#byCardNo.get(cardNo);
      if (slot) this.#drop(slot);
    }
    this.#byEmployeeNo.delete(employeeNo);
  }

  /** A page of the cards in the order they came, or of those named, each once; and how many there are altogether. */
  page(
    named: { employeeNos?: readonly string[]; cardNos?: readonly string[] },
    position: number,
    count: number,
  ): { total: number; cards: Card[] } {
    if (named.employeeNos || named.cardNos) {
      const cards = this.#named(named.employeeNos ?? [], named.cardNos ?? []);
      return { total: cards.length, cards: cards.slice(position, position + count) };
    }
    const slots = this.#order.page(position, count);
    return { total: this.#byCardNo.size, cards: slots.map(({ card }) => card) };
  }

  snapshot(): Card[] {
    return Array.from(this.#order, ({ card }) => ({ ...card }));
  }

  restore(cards: readonly Card[]): void {
    this.clear();
    for (const card of cards) this.#store(card);
  }

  clear(): void {
    this.#byCardNo.clear();
    this.#order.clear();
    this.#byEmployeeNo.clear();
  }

  #named(employeeNos: readonly string[], cardNos: readonly string[]): Card[] {
    const numbers = new Set(cardNos);
    for (const employeeNo of employeeNos)
      for (const cardNo of this.#byEmployeeNo.get(employeeNo) ?? []) numbers.add(cardNo);
    return [...numbers].map((cardNo) => this.get(cardNo)).filter((card) => card !== undefined);
  }

  #drop(slot: Slot): void {
    this.#byCardNo.delete(slot.card.cardNo);
    this.#order.remove(slot, (other) => other.arrival < slot.arrival);
  }

  #store(card: Card): void {
    this.#arrivals += 1;
    const slot: Slot = { card, arrival: this.#arrivals };
    this.#byCardNo.set(card.cardNo, slot);
    this.#order.add(slot);
    const own = this.#byEmployeeNo.get(card.employeeNo);
    if (own) own.add(card.cardNo);
    else this.#byEmployeeNo.set(card.employeeNo, new Set([card.cardNo]));
  }
}
