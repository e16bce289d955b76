import type { Traits } from '../../profiles/traits.ts';
import type { Card } from '../../terminal/cards.ts';
import {
  optionalBoolean,
  optionalList,
  optionalString,
  readJson,
  requireObject,
  requireString,
} from '../json-fields.ts';
import type { JsonObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

/** Kinds of card of the vendor's guide. */
export const CARD_TYPES: readonly string[] = [
  'normalCard',
  'patrolCard',
  'hijackCard',
  'superCard',
  'dismissingCard',
  'emergencyCard',
];

/** Vendor's guide: 1 to 20 characters. */
export const CARD_NO_MAX_BYTES = 20;

export interface CardWish {
  card: Card;
  /** Modify only: create the card when it is missing. */
  addCard: boolean;
  /** SetUp only: delete the card. */
  deleteCard: boolean;
}

/** Reads `{"CardInfo": {…}}`; unknown keys are ignored. */
export function readCard(body: Buffer, traits: Traits): CardWish {
  const info = requireObject(readJson(body), 'CardInfo');
  const employeeNo = requireSized(info, 'employeeNo', traits.employeeNoMaxBytes);
  const cardNo = requireSized(info, 'cardNo', CARD_NO_MAX_BYTES);
  const cardType = optionalString(info, 'cardType') ?? 'normalCard';
  if (!CARD_TYPES.includes(cardType)) throw new Refusal('badJsonContent', 'cardType');
  return {
    card: { cardNo, employeeNo, cardType },
    addCard: optionalBoolean(info, 'addCard') ?? false,
    deleteCard: optionalBoolean(info, 'deleteCard') ?? false,
  };
}

/** The persons and cards that a search or a delete names; absent lists stay absent. */
export function readNamed(
  condition: JsonObject,
  max: number,
): { employeeNos?: string[]; cardNos?: string[] } {
  const employeeNos = optionalList(condition, 'EmployeeNoList', max)?.map((item) =>
    requireString(item, 'employeeNo'),
  );
  const cardNos = optionalList(condition, 'CardNoList', max)?.map((item) => requireString(item, 'cardNo'));
  return { ...(employeeNos && { employeeNos }), ...(cardNos && { cardNos }) };
}

function requireSized(object: JsonObject, key: string, maxBytes: number): string {
  const value = requireString(object, key);
  if (value === '' || Buffer.byteLength(value) > maxBytes) throw new Refusal('badJsonContent', key);
  return value;
}
