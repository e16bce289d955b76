import { jsonAnswer, jsonOk } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { readJson, requireObject, requireString } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

const PATH = '/ISAPI/AccessControl/AcsEvent/StorageCfg';
/** Vendor's guide. Only `cycle` does anything here: the oldest events give way. */
const MODES = ['regular', 'time', 'cycle'];

export const eventStorageEndpoints: Endpoint[] = [
  {
    name: 'event-storage-get',
    method: 'GET',
    path: PATH,
    handle: jsonCall(({ terminal }) =>
      jsonAnswer({ EventStorageCfg: terminal.settings.get('EventStorageCfg') }),
    ),
  },
  {
    name: 'event-storage-put',
    method: 'PUT',
    path: PATH,
    handle: jsonCall(({ request, terminal }) => {
      const change = requireObject(readJson(request.body), 'EventStorageCfg');
      if (!MODES.includes(requireString(change, 'mode'))) throw new Refusal('badJsonContent', 'mode');
      terminal.settings.merge('EventStorageCfg', change, ['checkTime', 'period']);
      return jsonOk();
    }),
  },
];
