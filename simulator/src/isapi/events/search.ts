import { jsonAnswer } from '../answers.ts';
import { optionOf } from '../capability-option.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { optionalBoolean, readJson, requireObject } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';
import { pageStatus, readPage, readSearchId } from '../search-page.ts';
import { MAJORS, MAX_POSITION, MAX_SERIAL_NO, readEventCondition } from './event-condition.ts';
import { searchRecord } from './event-json.ts';

export const eventSearchEndpoints: Endpoint[] = [
  {
    name: 'event-search',
    method: 'POST',
    path: '/ISAPI/AccessControl/AcsEvent',
    privilege: 'read',
    handle: jsonCall(({ request, terminal, traits }) => {
      const object = requireObject(readJson(request.body), 'AcsEventCond');
      const searchID = readSearchId(object);
      const { position, count } = readPage(object, traits);
      if (position > MAX_POSITION) throw new Refusal('badJsonContent', 'searchResultPosition');
      const condition = readEventCondition(object, traits, terminal.deviceTime.local().slice(19));
      const newestFirst = optionalBoolean(object, 'timeReverseOrder') ?? false;
      const { total, events } = terminal.events.search(condition, { position, limit: count, newestFirst });
      const { responseStatusStrg, numOfMatches, totalMatches } = pageStatus(
        position,
        events.length,
        total,
        traits,
      );
      const InfoList = events.map((event) => searchRecord(terminal, event, request.origin));
      // The totals stand in another order than in the other searches [observed].
      return jsonAnswer({
        AcsEvent: {
          searchID,
          totalMatches,
          responseStatusStrg,
          numOfMatches,
          ...(InfoList.length > 0 && { InfoList }),
        },
      });
    }),
  },
  {
    name: 'event-total-num',
    method: 'POST',
    path: '/ISAPI/AccessControl/AcsEventTotalNum',
    privilege: 'read',
    handle: jsonCall(({ request, terminal: { events, deviceTime }, traits }) => {
      const object = requireObject(readJson(request.body), 'AcsEventTotalNumCond');
      const condition = readEventCondition(object, traits, deviceTime.local().slice(19));
      const { total } = events.search(condition, { position: 0, limit: 0 });
      return jsonAnswer({ AcsEventTotalNum: { totalNum: total } });
    }),
  },
  {
    name: 'event-capabilities',
    method: 'GET',
    path: '/ISAPI/AccessControl/AcsEvent/capabilities',
    handle: jsonCall(({ traits }) =>
      jsonAnswer({
        AcsEvent: {
          AcsEventCond: {
            searchID: { '@min': 1, '@max': 64 },
            searchResultPosition: { '@min': 0, '@max': MAX_POSITION },
            maxResults: { '@min': 1, '@max': traits.searchPageMax },
            major: optionOf(traits, MAJORS),
            beginSerialNo: { '@min': 0, '@max': MAX_SERIAL_NO },
            endSerialNo: { '@min': 0, '@max': MAX_SERIAL_NO },
            employeeNoString: { '@min': 0, '@max': traits.employeeNoMaxBytes },
            timeReverseOrder: true,
          },
        },
      }),
    ),
  },
];
