import type { CardRefusal } from '../../terminal/cards.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { jsonOk } from '../answers.ts';
import type { Endpoint, IsapiAnswer } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { readJson, requireObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { readCard, readNamed } from './card-body.ts';

/** Which check failed, as `errorMsg` says; `checkEmployeeNo` was seen for a card of somebody else, the others are assumed. */
const ERROR_MSG: Partial<Record<CardRefusal, string>> = {
  cardNoAlreadyExist: 'checkEmployeeNo',
  employeeNoNotExist: 'employeeNo',
  cardNoNotExist: 'cardNo',
};

/** A terminal does one thing at a time, see `Hold`. */
function refuseWhileHeld({ hold }: Terminal): void {
  if (hold.occupation) throw new Refusal('deviceBusy');
}

function done(refusal: CardRefusal | null): IsapiAnswer {
  if (refusal !== null) throw new Refusal(refusal, ERROR_MSG[refusal]);
  return jsonOk();
}

export const cardWriteEndpoints: Endpoint[] = [
  {
    name: 'card-record',
    method: 'POST',
    path: '/ISAPI/AccessControl/CardInfo/Record',
    handle: jsonCall(({ request, terminal, traits }) => {
      const { cards } = terminal;
      const { card } = readCard(request.body, traits);
      refuseWhileHeld(terminal);
      if (cards.get(card.cardNo)?.employeeNo === card.employeeNo)
        throw new Refusal('cardNoAlreadyExist', 'checkCardNo');
      return done(cards.add(card));
    }),
  },
  {
    name: 'card-modify',
    method: 'PUT',
    path: '/ISAPI/AccessControl/CardInfo/Modify',
    handle: jsonCall(({ request, terminal, traits }) => {
      const { cards } = terminal;
      const { card, addCard } = readCard(request.body, traits);
      refuseWhileHeld(terminal);
      return done(addCard && !cards.get(card.cardNo) ? cards.add(card) : cards.modify(card));
    }),
  },
  {
    name: 'card-set-up',
    method: 'PUT',
    path: '/ISAPI/AccessControl/CardInfo/SetUp',
    handle: jsonCall(({ request, terminal, traits }) => {
      const { cards } = terminal;
      const { card, deleteCard } = readCard(request.body, traits);
      refuseWhileHeld(terminal);
      const known = cards.get(card.cardNo);
      if (!deleteCard) return done(known ? cards.modify(card) : cards.add(card));
      if (known && known.employeeNo !== card.employeeNo) return done('cardNoAlreadyExist');
      cards.remove(card.cardNo);
      return jsonOk();
    }),
  },
  {
    name: 'card-delete',
    method: 'PUT',
    path: '/ISAPI/AccessControl/CardInfo/Delete',
    /** A card or person that is not there is no error, as for persons. */
    handle: jsonCall(({ request, terminal, traits }) => {
      const { cards } = terminal;
      const condition = requireObject(readJson(request.body), 'CardInfoDelCond');
      const { employeeNos, cardNos } = readNamed(condition, traits.deleteListMax);
      if (!employeeNos && !cardNos) throw new Refusal('MessageParametersLack', 'EmployeeNoList');
      refuseWhileHeld(terminal);
      for (const employeeNo of employeeNos ?? []) cards.removeOf(employeeNo);
      for (const cardNo of cardNos ?? []) cards.remove(cardNo);
      return jsonOk();
    }),
  },
];
