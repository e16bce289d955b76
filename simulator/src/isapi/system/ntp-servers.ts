import type { NtpServer } from '../../terminal/device-time.ts';
import { xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import type { XmlTree } from '../xml.ts';
import { Refusal } from '../refusal.ts';
import { xmlCall } from '../xml-call.ts';
import { optionalNumber, readXml, requireChoice, requireText } from '../xml-fields.ts';

const MAX_ADDRESS_LENGTH = 64;
const MAX_PORT = 65_535;
const MAX_INTERVAL_MINUTES = 10_080;

function tree(server: NtpServer): XmlTree {
  const address = server.addressingFormatType === 'hostname' ? 'hostName' : 'ipAddress';
  return {
    id: server.id,
    addressingFormatType: server.addressingFormatType,
    [address]: server.address,
    portNo: server.portNo,
    synchronizeInterval: server.synchronizeIntervalMinutes,
  };
}

/** Where the device asks for the time; it is kept and given back, nothing is asked. */
export const ntpServerEndpoints: Endpoint[] = [
  {
    name: 'ntp-servers-get',
    method: 'GET',
    path: '/ISAPI/System/time/ntpServers',
    handle: (_request, { terminal: { traits, deviceTime } }) =>
      xmlAnswer(traits, 'NTPServerList', { NTPServer: deviceTime.ntpServers().map(tree) }),
  },
  {
    name: 'ntp-server-get',
    method: 'GET',
    path: '/ISAPI/System/time/ntpServers/{id}',
    handle: (_request, { terminal: { traits, deviceTime } }, { id }) => {
      const server = deviceTime.ntpServers().find((known) => String(known.id) === id);
      return server ? xmlAnswer(traits, 'NTPServer', tree(server)) : xmlStatus(traits, 'invalidID');
    },
  },
  {
    name: 'ntp-server-put',
    method: 'PUT',
    path: '/ISAPI/System/time/ntpServers/{id}',
    handle: xmlCall(({ request, terminal: { deviceTime }, traits, params }) => {
      const known = deviceTime.ntpServers().find((server) => String(server.id) === params.id);
      if (!known) throw new Refusal('invalidID');
      const server = readXml(request.body, 'NTPServer');
      const addressingFormatType = requireChoice(server, 'addressingFormatType', ['hostname', 'ipaddress']);
      const field = addressingFormatType === 'hostname' ? 'hostName' : 'ipAddress';
      const address = requireText(server, field, MAX_ADDRESS_LENGTH);
      if (address === '') throw new Refusal('badXmlContent', field);
      deviceTime.setNtpServer({
        id: known.id,
        addressingFormatType,
        address,
        portNo: optionalNumber(server, 'portNo', 1, MAX_PORT) ?? known.portNo,
        synchronizeIntervalMinutes:
          optionalNumber(server, 'synchronizeInterval', 1, MAX_INTERVAL_MINUTES) ??
          known.synchronizeIntervalMinutes,
      });
      return xmlStatus(traits, 'ok');
    }),
  },
];
