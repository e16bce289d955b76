import type { Traits } from '../../profiles/traits.ts';
import type { EventSubscription, HttpHost } from '../../terminal/http-hosts.ts';
import { Refusal } from '../refusal.ts';
import type { XmlTree } from '../xml.ts';
import {
  child,
  children,
  optionalChoice,
  optionalFlag,
  optionalNumber,
  optionalText,
  requireChoice,
  requireNumber,
  requireText,
} from '../xml-fields.ts';
import type { XmlNode } from '../xml-reader.ts';

/** [observed] */
export const URL_MAX_LENGTH = 128;
const ADDRESS_MAX_LENGTH = 64;
const MAX_PORT = 65_535;
const MAX_HEARTBEAT_S = 3600;
const MAX_MINORS = 256;
const ACCESS_EVENT = 'AccessControllerEvent';
const MINOR_LISTS = ['minorAlarm', 'minorException', 'minorOperation', 'minorEvent'] as const;

/** A slot as GET shows it. */
export function httpHostTree(host: HttpHost): XmlTree {
  const addressField = host.addressingFormatType === 'hostname' ? 'hostName' : 'ipAddress';
  return {
    id: host.id,
    url: host.url,
    protocolType: host.protocolType,
    parameterFormatType: host.parameterFormatType,
    addressingFormatType: host.addressingFormatType,
    [addressField]: host.address,
    portNo: host.portNo,
    httpAuthenticationMethod: host.httpAuthenticationMethod,
    checkResponseEnabled: host.checkResponseEnabled ? true : undefined,
    SubscribeEvent: host.subscription ? subscriptionTree(host.subscription) : undefined,
  };
}

function subscriptionTree(subscription: EventSubscription): XmlTree {
  const { heartbeat, eventMode } = subscription;
  if (eventMode === 'all') return { heartbeat, eventMode };
  const lists = MINOR_LISTS.map((name) => [name, subscription[name].map(hex).join(',')] as const);
  return { heartbeat, eventMode, EventList: { Event: { type: ACCESS_EVENT, ...Object.fromEntries(lists) } } };
}

/**
 * Reads a slot. [K1A340, observed] a host name is refused there, naming `ipAddress`. User name and password are not kept:
 * pushes leave without credentials.
 */
export function readHttpHost(node: XmlNode, id: number, traits: Traits): HttpHost {
  const protocolType = requireChoice(node, 'protocolType', ['HTTP', 'HTTPS', 'EHome']);
  const addressingFormatType = requireChoice(node, 'addressingFormatType', ['ipaddress', 'hostname']);
  if (addressingFormatType === 'hostname' && traits.httpHostsWrites === 'url-not-kept')
    throw new Refusal('badXmlContent', 'ipAddress');
  const addressField = addressingFormatType === 'hostname' ? 'hostName' : 'ipAddress';
  const subscription = child(node, 'SubscribeEvent');
  return {
    id,
    url: optionalText(node, 'url', URL_MAX_LENGTH) ?? '',
    protocolType,
    parameterFormatType: optionalChoice(node, 'parameterFormatType', ['XML', 'JSON']) ?? 'XML',
    addressingFormatType,
    address: requireText(node, addressField, ADDRESS_MAX_LENGTH),
    portNo: requireNumber(node, 'portNo', 0, MAX_PORT),
    httpAuthenticationMethod:
      optionalChoice(node, 'httpAuthenticationMethod', ['none', 'MD5digest', 'basic']) ?? 'none',
    checkResponseEnabled: optionalFlag(node, 'checkResponseEnabled') ?? false,
    subscription: subscription ? readSubscription(subscription) : null,
  };
}

/** [K1T341CMFW, observed] with `list` all four lists of minors must be there, otherwise MessageParametersLack. */
function readSubscription(node: XmlNode): EventSubscription {
  const heartbeat = optionalNumber(node, 'heartbeat', 0, MAX_HEARTBEAT_S) ?? 0;
  const eventMode = requireChoice(node, 'eventMode', ['all', 'list']);
  const none = { minorAlarm: [], minorException: [], minorOperation: [], minorEvent: [] };
  if (eventMode === 'all') return { heartbeat, eventMode, ...none };
  const list = child(node, 'EventList');
  const event = list && children(list, 'Event').find((item) => optionalText(item, 'type') === ACCESS_EVENT);
  if (!event) throw new Refusal('MessageParametersLack', 'EventList');
  const [minorAlarm = [], minorException = [], minorOperation = [], minorEvent = []] = MINOR_LISTS.map(
    (name) => readMinors(event, name),
  );
  return { heartbeat, eventMode, minorAlarm, minorException, minorOperation, minorEvent };
}

/** Comma list of numbers, decimal or `0x4b`. */
function readMinors(node: XmlNode, name: string): number[] {
  const texts = requireText(node, name)
    .split(',')
    .filter((text) => text.trim() !== '');
  const minors = texts.map((text) => (/^\s*(0x[0-9a-f]{1,4}|\d{1,5})\s*$/i.test(text) ? Number(text) : NaN));
  if (minors.length > MAX_MINORS || minors.some(Number.isNaN)) throw new Refusal('badXmlContent', name);
  return minors;
}

function hex(minor: number): string {
  return `0x${minor.toString(16)}`;
}
