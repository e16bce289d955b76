/** A card and whose it is. `cardNo` is text: leading zeros matter. */
export interface Card {
  cardNo: string;
  employeeNo: string;
  cardType: string;
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
  #byCardNo = new Map<string, Card>();
  #byEmployeeNo = new Map<string, Set<string>>();

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
    return this.#byCardNo.get(cardNo);
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
    if (known.employeeNo !== card.employeeNo) return 'cardNoAlreadyExist';
    this.#byCardNo.set(card.cardNo, card);
    return null;
  }

  remove(cardNo: string): boolean {
    const card = this.#byCardNo.get(cardNo);
    if (!card) return false;
    this.#byCardNo.delete(cardNo);
    const own = this.#byEmployeeNo.get(card.employeeNo);
    own?.delete(cardNo);
    if (own?.size === 0) this.#byEmployeeNo.delete(card.employeeNo);
    return true;
  }

  /** All cards of a person, as when the person is deleted. */
  removeOf(employeeNo: string): void {
    for (const cardNo of this.#byEmployeeNo.get(employeeNo) ?? []) this.#byCardNo.delete(cardNo);
    this.#byEmployeeNo.delete(employeeNo);
  }

  /** Cards in the order they came; with lists only those named, each once. */
  *select(wanted: { employeeNos?: readonly string[]; cardNos?: readonly string[] } = {}): Iterable<Card> {
    if (!wanted.employeeNos && !wanted.cardNos) {
      yield* this.#byCardNo.values();
      return;
    }
    const numbers = new Set(wanted.cardNos ?? []);
    for (const employeeNo of wanted.employeeNos ?? [])
      for (const cardNo of this.#byEmployeeNo.get(employeeNo) ?? []) numbers.add(cardNo);
    for (const cardNo of numbers) {
      const card = this.#byCardNo.get(cardNo);
      if (card) yield card;
    }
  }

  snapshot(): Card[] {
    return [...this.#byCardNo.values()];
  }

  restore(cards: readonly Card[]): void {
    this.clear();
    for (const card of cards) this.#store(card);
  }

  clear(): void {
    this.#byCardNo.clear();
    this.#byEmployeeNo.clear();
  }

  #store(card: Card): void {
    this.#byCardNo.set(card.cardNo, card);
    const own = this.#byEmployeeNo.get(card.employeeNo);
    if (own) own.add(card.cardNo);
    else this.#byEmployeeNo.set(card.employeeNo, new Set([card.cardNo]));
  }
}
