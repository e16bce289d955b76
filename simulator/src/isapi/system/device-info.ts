import type { Traits } from '../../profiles/traits.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import type { XmlTree } from '../xml.ts';
import { Refusal } from '../refusal.ts';
import { xmlCall } from '../xml-call.ts';
import { readXml, requireText } from '../xml-fields.ts';

/** A partial document is refused [observed]; which elements the device insists on is assumed. */
const REQUIRED = [
  'deviceName',
  'deviceID',
  'model',
  'serialNumber',
  'macAddress',
  'firmwareVersion',
  'firmwareReleasedDate',
  'deviceType',
  'telecontrolID',
];
const NAME_MAX_BYTES = 128;

/** The name shown on the display and in events: what a client set, or what it carries out of the box. */
export function deviceNameOf(terminal: Terminal): string {
  const { deviceName } = terminal.settings.get('DeviceInfo');
  return typeof deviceName === 'string' ? deviceName : terminal.identity.deviceName;
}

function telecontrolIdOf(terminal: Terminal, isNewer: boolean): string {
  const { telecontrolID } = terminal.settings.get('DeviceInfo');
  return typeof telecontrolID === 'string' ? telecontrolID : isNewer ? '1' : '255';
}

/** Elements and their order as captured from DS-K1A340FWX (no subDeviceType) and DS-K1T673DX-BR. */
function deviceInfo(terminal: Terminal): XmlTree {
  const { traits, identity } = terminal;
  const isNewer = traits.subDeviceType !== null;
  const head: XmlTree = { deviceName: deviceNameOf(terminal), deviceID: 255 };
  const common: XmlTree = {
    model: traits.model,
    serialNumber: identity.serialNumber,
    macAddress: identity.macAddress,
    firmwareVersion: traits.firmwareVersion,
    firmwareReleasedDate: traits.firmwareReleasedDate,
  };
  const telecontrolID = telecontrolIdOf(terminal, isNewer);
  return isNewer
    ? { ...head, ...common, ...newerRest(traits, telecontrolID) }
    : {
        ...head,
        deviceDescription: 'ACS',
        deviceLocation: 'hangzhou',
        systemContact: 'Hikvision.China',
        ...common,
        ...olderRest(traits, telecontrolID),
      };
}

function newerRest(traits: Traits, telecontrolID: string): XmlTree {
  return {
    encoderVersion: 'V2.7',
    encoderReleasedDate: 'build 240122',
    deviceType: traits.deviceType,
    subDeviceType: traits.subDeviceType ?? undefined,
    telecontrolID,
    localZoneNum: 2,
    alarmOutNum: 1,
    relayNum: 2,
    electroLockNum: traits.doorCount,
    RS485Num: 1,
    manufacturer: 'hikvision',
    OEMCode: 1,
    customizedInfo: '',
    bspVersion: 'V1.17.0.642101 build 2023-11-29',
    dspVersion: 'V2.7',
    marketType: 2,
  };
}

function olderRest(traits: Traits, telecontrolID: string): XmlTree {
  return {
    hardwareVersion: '0x10000',
    deviceType: traits.deviceType,
    telecontrolID,
    supportBeep: false,
    supportVideoLoss: true,
    alarmOutNum: 0,
    RS485Num: 0,
    OEMCode: 1,
    marketType: 1,
  };
}

export const deviceInfoEndpoints: Endpoint[] = [
  {
    name: 'device-info-get',
    method: 'GET',
    path: '/ISAPI/System/deviceInfo',
    // XML even with format=json [K1T672 3.18, K1T344, observed].
    handle: (_request, { terminal }) => xmlAnswer(terminal.traits, 'DeviceInfo', deviceInfo(terminal)),
  },
  {
    name: 'device-info-put',
    method: 'PUT',
    path: '/ISAPI/System/deviceInfo',
    privilege: 'admin',
    handle: xmlCall(({ request, terminal, traits }) => {
      const info = readXml(request.body, 'DeviceInfo');
      for (const name of REQUIRED) requireText(info, name);
      const deviceName = requireText(info, 'deviceName');
      const telecontrolID = requireText(info, 'telecontrolID');
      if (Buffer.byteLength(deviceName) > NAME_MAX_BYTES) throw new Refusal('badXmlContent', 'deviceName');
      if (!/^\d{1,3}$/.test(telecontrolID)) throw new Refusal('badXmlContent', 'telecontrolID');
      terminal.settings.merge('DeviceInfo', { deviceName, telecontrolID }, ['deviceName', 'telecontrolID']);
      return xmlStatus(traits, 'ok');
    }),
  },
];
