import { describe, expect, it } from 'vitest';
import { sampleText } from '../testing/samples.ts';
import { testTerminal } from '../testing/test-terminal.ts';

const INFO = '/ISAPI/System/deviceInfo';
const TIME = '/ISAPI/System/time';
const NTP = '/ISAPI/System/time/ntpServers/1';

const xml = (root: string, content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">${content}</${root}>`;
const elements = (text: string) => [...text.matchAll(/<([A-Za-z0-9]+)>/g)].map(([, name]) => name);
const textOf = (text: string, name: string) => new RegExp(`<${name}>([^<]*)<`).exec(text)?.[1];

describe('deviceInfo', () => {
  it.each([
    ['ds-k1a340', 'deviceinfo-k1a340.xml'],
    ['ds-k1t673dx', 'deviceinfo-k1t673dx.xml'],
  ])('of %s has the elements of the captured one', async (profile, file) => {
    const { text, contentType } = await testTerminal({ profile }).call('GET', INFO);
    const sample = sampleText(file);
    expect(elements(text)).toEqual(elements(sample));
    for (const name of [
      'model',
      'firmwareVersion',
      'firmwareReleasedDate',
      'deviceID',
      'telecontrolID',
      'deviceType',
    ])
      expect(textOf(text, name)).toBe(textOf(sample, name));
    expect(contentType).toBe('application/xml; charset="UTF-8"');
  });

  it('is XML with and without format=json', async () => {
    const { call } = testTerminal();
    expect((await call('GET', `${INFO}?x=1`)).text).toBe((await call('GET', INFO)).text);
  });

  it('takes back a whole document with another name', async () => {
    const t = testTerminal();
    const { text } = await t.call('GET', INFO);
    const name = textOf(text, 'deviceName') ?? '';
    expect((await t.call('PUT', INFO, text.replace(`>${name}<`, '>Poarta &amp; 1<'))).status).toBe(200);
    expect((await t.call('GET', INFO)).text).toContain('<deviceName>Poarta &amp; 1</deviceName>');
    expect(textOf((await t.call('GET', INFO)).text, 'serialNumber')).toBe(textOf(text, 'serialNumber'));
  });

  it('refuses a partial document, naming what is missing', async () => {
    const { call } = testTerminal();
    const answer = await call('PUT', INFO, xml('DeviceInfo', '<deviceName>Gate</deviceName>'));
    expect(answer.subStatusCode).toBe('MessageParametersLack');
    expect(textOf(answer.text, 'errorMsg')).toBe('deviceID');
    expect((await call('GET', INFO)).text).not.toContain('Gate');
  });

  it('refuses a name over 128 bytes', async () => {
    const { call } = testTerminal();
    const { text } = await call('GET', INFO);
    const long = text.replace(/<deviceName>[^<]*/, `<deviceName>${'ț'.repeat(65)}`);
    expect((await call('PUT', INFO, long)).subStatusCode).toBe('badXmlContent');
  });
});

describe('time', () => {
  it('has the shape of the captured one', async () => {
    const { text } = await testTerminal().call('GET', TIME);
    expect(elements(text)).toEqual(elements(sampleText('system-time.xml')));
    expect(textOf(text, 'localTime')).toBe('2026-01-05T11:00:00+03:00');
    expect(textOf(text, 'timeZone')).toBe('CST-3:00:00');
  });

  it('is set by hand, in a zone whose sign is inverted', async () => {
    const { call } = testTerminal();
    const time = xml(
      'Time',
      '<timeMode>manual</timeMode><localTime>2026-04-26T12:00:00</localTime><timeZone>CST+3:00:00</timeZone>',
    );
    expect((await call('PUT', TIME, time)).text).toBe(sampleText('responsestatus-ok-ver20.xml'));
    const { text } = await call('GET', TIME);
    expect(textOf(text, 'localTime')).toBe('2026-04-26T12:00:00-03:00');
    expect(textOf(text, 'timeMode')).toBe('manual');
  });

  it.each([
    ['<timeZone>CST-3:00:00</timeZone>', 'MessageParametersLack', 'timeMode'],
    ['<timeMode>GPS</timeMode>', 'badXmlContent', 'timeMode'],
    ['<timeMode>manual</timeMode>', 'MessageParametersLack', 'localTime'],
    ['<timeMode>manual</timeMode><localTime>now</localTime>', 'badXmlContent', 'localTime'],
    ['<timeMode>NTP</timeMode><timeZone>UTC+3</timeZone>', 'badXmlContent', 'timeZone'],
  ])('%s is %s %s', async (content, code, field) => {
    const answer = await testTerminal().call('PUT', TIME, xml('Time', content));
    expect(answer.status).toBe(400);
    expect([answer.subStatusCode, textOf(answer.text, 'errorMsg')]).toEqual([code, field]);
  });

  it('comes from a server that can be changed', async () => {
    const { call } = testTerminal();
    const server = xml(
      'NTPServer',
      '<id>1</id><addressingFormatType>ipaddress</addressingFormatType><ipAddress>192.0.2.1</ipAddress><portNo>1123</portNo>',
    );
    expect((await call('PUT', NTP, server)).status).toBe(200);
    const { text } = await call('GET', NTP);
    expect([textOf(text, 'ipAddress'), textOf(text, 'portNo'), textOf(text, 'synchronizeInterval')]).toEqual([
      '192.0.2.1',
      '1123',
      '60',
    ]);
    expect((await call('GET', '/ISAPI/System/time/ntpServers')).text).toContain(
      '<ipAddress>192.0.2.1</ipAddress>',
    );
    expect((await call('GET', `${TIME}/ntpServers/2`)).subStatusCode).toBe('invalidID');
    expect((await call('PUT', NTP, server.replace('1123', '0'))).subStatusCode).toBe('badXmlContent');
  });
});

describe('status and restart', () => {
  it('status is 404 where the model has none', async () => {
    expect((await testTerminal({ profile: 'ds-k1t341am' }).call('GET', '/ISAPI/System/status')).status).toBe(
      404,
    );
    const { text } = await testTerminal({ traits: { systemStatus: 'yes' } }).call(
      'GET',
      '/ISAPI/System/status',
    );
    expect(textOf(text, 'currentDeviceTime')).toBe('2026-01-05T11:00:00+03:00');
  });

  it('factoryReset basic forgets settings and keeps persons', async () => {
    const { terminal, call } = testTerminal();
    terminal.settings.merge('AcsCfg', { showName: false });
    terminal.cards.restore([{ cardNo: '1', employeeNo: '1', cardType: 'normalCard' }]);
    expect((await call('PUT', '/ISAPI/System/factoryReset?mode=basic')).status).toBe(200);
    expect(terminal.settings.get('AcsCfg').showName).toBe(true);
    expect(terminal.cards.size).toBe(1);
    expect(terminal.accounts.activated).toBe(true);
  });

  it('factoryReset full forgets everything', async () => {
    const { terminal, call } = testTerminal();
    terminal.cards.restore([{ cardNo: '1', employeeNo: '1', cardType: 'normalCard' }]);
    terminal.deviceTime.setOffset(1000);
    expect((await call('PUT', '/ISAPI/System/factoryReset?mode=full')).status).toBe(200);
    expect([terminal.cards.size, terminal.deviceTime.offsetMs, terminal.accounts.activated]).toEqual([
      0,
      0,
      false,
    ]);
    expect((await call('PUT', '/ISAPI/System/factoryReset?mode=other')).subStatusCode).toBe('badParameters');
  });

  it('capabilities are XML of the model', async () => {
    const { text } = await testTerminal({ profile: 'ds-k1t341cmf' }).call(
      'GET',
      '/ISAPI/System/capabilities',
    );
    expect(text).toContain('<DeviceCap version="1.0" xmlns="http://www.hikvision.com/ver10/XMLSchema">');
    expect(text).toContain('<issupIllegalLoginLock>true</issupIllegalLoginLock>');
  });
});
