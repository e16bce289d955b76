import { xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';
import { xmlCall } from '../xml-call.ts';
import { optionalText, readXml, requireChoice, requireText } from '../xml-fields.ts';

/** The clock of the device. The zone has its sign inverted: `CST-3:00:00` goes with `+03:00` [K1A340, observed]. */
export const timeEndpoints: Endpoint[] = [
  {
    name: 'system-time-get',
    method: 'GET',
    path: '/ISAPI/System/time',
    handle: (_request, { terminal: { traits, deviceTime } }) =>
      xmlAnswer(traits, 'Time', {
        timeMode: deviceTime.mode,
        localTime: deviceTime.local(),
        timeZone: deviceTime.zone,
      }),
  },
  {
    name: 'system-time-put',
    method: 'PUT',
    path: '/ISAPI/System/time',
    handle: xmlCall(({ request, terminal: { deviceTime }, traits }) => {
      const time = readXml(request.body, 'Time');
      const mode = requireChoice(time, 'timeMode', ['NTP', 'manual']);
      const zone = optionalText(time, 'timeZone');
      const localTime = mode === 'manual' ? requireText(time, 'localTime') : optionalText(time, 'localTime');
      const badField = deviceTime.set({
        mode,
        ...(zone === undefined ? {} : { zone }),
        ...(localTime === undefined ? {} : { localTime }),
      });
      if (badField) throw new Refusal('badXmlContent', badField);
      // Nonces are made of the time, so that the old ones are stale (assumed, by a client's guide).
      return { ...xmlStatus(traits, 'ok'), then: 'forget-nonces' };
    }),
  },
];
