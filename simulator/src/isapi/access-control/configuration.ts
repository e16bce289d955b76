import { jsonAnswer, jsonOk, notFound } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';
import { readJson, requireObject, requireString } from '../json-fields.ts';
import { Refusal } from '../refusal.ts';

/** Keys of newer models that K1A340 does not show; `remoteCheckDoorEnabled` makes the door wait (vendor's guide). */
const NEWER_ACS_KEYS = [
  'needDeviceCheck',
  'remoteCheckDoorEnabled',
  'remoteCheckTimeout',
  'checkChannelType',
];
/** Reader 3 is 404 [K1A340, observed]; reader 2 has never been seen on a terminal of one door. */
const READER = '1';

export const configurationEndpoints: Endpoint[] = [
  {
    name: 'acs-cfg-get',
    method: 'GET',
    path: '/ISAPI/AccessControl/AcsCfg',
    handle: jsonCall(({ terminal }) => jsonAnswer({ AcsCfg: terminal.settings.get('AcsCfg') })),
  },
  {
    name: 'acs-cfg-put',
    method: 'PUT',
    path: '/ISAPI/AccessControl/AcsCfg',
    handle: jsonCall(({ request, terminal }) => {
      const change = requireObject(readJson(request.body), 'AcsCfg');
      refuseOtherKinds(change, terminal.settings.get('AcsCfg'));
      terminal.settings.merge('AcsCfg', change, NEWER_ACS_KEYS);
      return jsonOk();
    }),
  },
  {
    name: 'card-reader-cfg-get',
    method: 'GET',
    path: '/ISAPI/AccessControl/CardReaderCfg/{reader}',
    handle: jsonCall(({ terminal, traits, params }) => {
      if (params.reader !== READER) return notFound(traits);
      const known = terminal.settings.get('CardReaderCfg');
      const cardReaderDescription =
        known.cardReaderDescription === '' ? traits.model : known.cardReaderDescription;
      return jsonAnswer({ CardReaderCfg: { ...known, cardReaderDescription } });
    }),
  },
  {
    name: 'card-reader-cfg-put',
    method: 'PUT',
    path: '/ISAPI/AccessControl/CardReaderCfg/{reader}',
    handle: jsonCall(({ request, terminal, traits, params }) => {
      if (params.reader !== READER) return notFound(traits);
      const change = requireObject(readJson(request.body), 'CardReaderCfg');
      refuseOtherKinds(change, terminal.settings.get('CardReaderCfg'));
      terminal.settings.merge('CardReaderCfg', change);
      return jsonOk();
    }),
  },
  {
    name: 'face-recognize-mode-get',
    method: 'GET',
    path: '/ISAPI/AccessControl/FaceRecognizeMode',
    handle: jsonCall(({ terminal }) =>
      jsonAnswer({ FaceRecognizeMode: terminal.settings.get('FaceRecognizeMode') }),
    ),
  },
  {
    name: 'face-recognize-mode-put',
    method: 'PUT',
    path: '/ISAPI/AccessControl/FaceRecognizeMode',
    handle: jsonCall(({ request, terminal, traits }) => {
      const change = requireObject(readJson(request.body), 'FaceRecognizeMode');
      const mode = requireString(change, 'mode');
      // deepMode goes with the infrared library [vendor guide].
      const modes = traits.infraredLibrary ? ['normalMode', 'deepMode'] : ['normalMode'];
      if (!modes.includes(mode)) throw new Refusal('badJsonContent', 'mode');
      terminal.settings.merge('FaceRecognizeMode', { mode });
      return jsonOk();
    }),
  },
  // 200 without a body [K1A340, observed].
  ...['SNAPConfig', 'DeployInfo', 'IdentityTerminal'].map((name): Endpoint => ({
    name: `empty-${name.toLowerCase()}`,
    method: 'GET',
    path: `/ISAPI/AccessControl/${name}`,
    handle: () => ({ kind: 'answer', status: 200, contentType: null, body: '' }),
  })),
];

/** A key that is known must keep its kind of value. */
function refuseOtherKinds(
  change: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(change)) {
    const isOther = Object.hasOwn(known, key) && typeof value !== typeof known[key];
    if (isOther || value === null) throw new Refusal('badJsonContent', key);
  }
}
