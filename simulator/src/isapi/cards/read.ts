import { jsonAnswer } from '../answers.ts';
import { optionOf } from '../capability-option.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { readJson, requireObject } from '../json-fields.ts';
import { pageStatus, readPage, readSearchId } from '../search-page.ts';
import { CARD_NO_MAX_BYTES, CARD_TYPES, readNamed } from './card-body.ts';

export const cardReadEndpoints: Endpoint[] = [
  {
    name: 'card-search',
    method: 'POST',
    path: '/ISAPI/AccessControl/CardInfo/Search',
    privilege: 'read',
    handle: jsonCall(({ request, terminal: { cards }, traits }) => {
      const condition = requireObject(readJson(request.body), 'CardInfoSearchCond');
      const searchID = readSearchId(condition);
      const { position, count } = readPage(condition, traits);
      const { total, cards: found } = cards.page(readNamed(condition, traits.searchPageMax), position, count);
      const CardInfo = found.map(({ employeeNo, cardNo, cardType }) => ({ employeeNo, cardNo, cardType }));
      return jsonAnswer({
        CardInfoSearch: {
          searchID,
          ...pageStatus(position, found.length, total, traits),
          ...(found.length > 0 && { CardInfo }),
        },
      });
    }),
  },
  {
    name: 'card-count',
    method: 'GET',
    path: '/ISAPI/AccessControl/CardInfo/Count',
    handle: jsonCall(({ request, terminal: { cards } }) => {
      const employeeNo = request.query.get('employeeNo');
      const cardNumber = employeeNo === null ? cards.size : cards.countOf(employeeNo);
      return jsonAnswer({ CardInfoCount: { cardNumber } });
    }),
  },
  {
    name: 'card-capabilities',
    method: 'GET',
    path: '/ISAPI/AccessControl/CardInfo/capabilities',
    handle: jsonCall(({ traits }) => {
      const employeeNo = { '@min': 1, '@max': traits.employeeNoMaxBytes };
      const cardNo = { '@min': 1, '@max': CARD_NO_MAX_BYTES };
      return jsonAnswer({
        CardInfo: {
          supportFunction: optionOf(traits, ['post', 'delete', 'put', 'get', 'setUp']),
          CardInfoSearchCond: {
            searchID: { '@min': 1, '@max': 64 },
            maxResults: { '@min': 1, '@max': traits.searchPageMax },
            EmployeeNoList: { maxSize: traits.searchPageMax, employeeNo },
            CardNoList: { maxSize: traits.searchPageMax, cardNo },
          },
          CardInfoDelCond: {
            EmployeeNoList: { maxSize: traits.deleteListMax, employeeNo },
            CardNoList: { maxSize: traits.deleteListMax, cardNo },
          },
          employeeNo,
          cardNo,
          cardType: optionOf(traits, CARD_TYPES),
          maxRecordNum: traits.maxCards,
        },
      });
    }),
  },
];
