import type { HttpHost } from '../../terminal/http-hosts.ts';
import { xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';
import { xmlCall } from '../xml-call.ts';
import { children, readXml, requireNumber } from '../xml-fields.ts';
import { httpHostTree, readHttpHost, URL_MAX_LENGTH } from './http-host-xml.ts';

const PATH = '/ISAPI/Event/notification/httpHosts';

function slotNo(text: string | undefined): number {
  return /^\d{1,2}$/.test(text ?? '') ? Number(text) : NaN;
}

function present(host: HttpHost | undefined): HttpHost {
  if (!host) throw new Refusal('invalidID');
  return host;
}

/** The slots of listeners that events are pushed to. */
export const httpHostEndpoints: Endpoint[] = [
  {
    name: 'http-hosts-get',
    method: 'GET',
    path: PATH,
    handle: xmlCall(({ terminal: { hosts }, traits }) =>
      xmlAnswer(traits, 'HttpHostNotificationList', { HttpHostNotification: hosts.list().map(httpHostTree) }),
    ),
  },
  {
    name: 'http-hosts-put',
    method: 'PUT',
    path: PATH,
    handle: xmlCall(({ request, terminal: { hosts }, traits }) => {
      const list = children(readXml(request.body, 'HttpHostNotificationList'), 'HttpHostNotification');
      if (list.length === 0) throw new Refusal('MessageParametersLack', 'HttpHostNotification');
      if (list.length > hosts.slots) throw new Refusal('badXmlContent', 'HttpHostNotification');
      const written = list.map((node) =>
        readHttpHost(node, requireNumber(node, 'id', 1, hosts.slots), traits),
      );
      hosts.setList(written);
      return xmlStatus(traits, 'ok');
    }),
  },
  {
    name: 'http-hosts-capabilities',
    method: 'GET',
    path: `${PATH}/capabilities`,
    handle: xmlCall(({ terminal: { hosts }, traits }) => {
      // [K1A340, observed]
      if (traits.httpHostsWrites === 'url-not-kept') throw new Refusal('notSupport');
      return xmlAnswer(traits, 'HttpHostNotificationCap', {
        hostNumber: hosts.slots,
        urlLen: { '@max': URL_MAX_LENGTH },
        protocolType: { '@opt': 'HTTP,HTTPS,EHome' },
        parameterFormatType: { '@opt': 'XML,JSON' },
        addressingFormatType: { '@opt': 'ipaddress,hostname' },
        ipAddress: { '@opt': 'ipv4,ipv6' },
        portNo: { '@min': 1, '@max': 65535 },
        httpAuthenticationMethod: { '@opt': 'none,MD5digest,basic' },
        checkResponseEnabled: { '@opt': 'true,false' },
        SubscribeEventCap: { heartbeat: { '@min': 0, '@max': 3600 }, eventMode: { '@opt': 'all,list' } },
      });
    }),
  },
  {
    name: 'http-host-get',
    method: 'GET',
    path: `${PATH}/{id}`,
    handle: xmlCall(({ terminal: { hosts }, traits, params }) =>
      xmlAnswer(traits, 'HttpHostNotification', httpHostTree(present(hosts.get(slotNo(params.id))))),
    ),
  },
  {
    name: 'http-host-put',
    method: 'PUT',
    path: `${PATH}/{id}`,
    handle: xmlCall(({ request, terminal: { hosts }, traits, params }) => {
      const { id } = present(hosts.get(slotNo(params.id)));
      hosts.set(readHttpHost(readXml(request.body, 'HttpHostNotification'), id, traits));
      return xmlStatus(traits, 'ok');
    }),
  },
  {
    name: 'http-host-delete',
    method: 'DELETE',
    path: `${PATH}/{id}`,
    handle: xmlCall(({ terminal: { hosts }, traits, params }) => {
      hosts.clearSlot(present(hosts.get(slotNo(params.id))).id);
      return xmlStatus(traits, 'ok');
    }),
  },
];
