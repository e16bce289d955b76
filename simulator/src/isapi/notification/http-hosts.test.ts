import { describe, expect, it } from 'vitest';
import { sampleText } from '../testing/samples.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';

const HOSTS = '/ISAPI/Event/notification/httpHosts';
const ALL_LISTS =
  '<minorAlarm/><minorException>0x400</minorException><minorOperation/><minorEvent>0x4b,76</minorEvent>';

function slot(more: { id?: number; content?: string; address?: string } = {}): string {
  const { id = 1, content = '', address } = more;
  return `<HttpHostNotification><id>${id}</id><url>/webhook</url><protocolType>HTTP</protocolType>
<parameterFormatType>JSON</parameterFormatType>${
    address ?? '<addressingFormatType>ipaddress</addressingFormatType><ipAddress>192.0.2.20</ipAddress>'
  }<portNo>8080</portNo><httpAuthenticationMethod>none</httpAuthenticationMethod>${content}</HttpHostNotification>`;
}

const list = (...slots: string[]) => `<HttpHostNotificationList>${slots.join('')}</HttpHostNotificationList>`;
const subscribe = (mode: string, lists = '') =>
  `<SubscribeEvent><heartbeat>30</heartbeat><eventMode>${mode}</eventMode>${
    lists && `<EventList><Event><type>AccessControllerEvent</type>${lists}</Event></EventList>`
  }</SubscribeEvent>`;

const one: TestTerminalOptions = { traits: { httpHostSlots: 1 } };
const two: TestTerminalOptions = { traits: { httpHostSlots: 2 } };

describe('httpHosts', () => {
  it('empty is the captured answer, to the byte', async () => {
    expect((await testTerminal(one).call('GET', HOSTS)).text).toBe(sampleText('httphosts-get-empty.xml'));
  });

  it('are written as a list and read back', async () => {
    const { call } = testTerminal(two);
    const { text } = await call('PUT', HOSTS, list(slot(), slot({ id: 2 })));
    expect(text).toBe(sampleText('responsestatus-ok-ver20.xml'));
    expect((await call('GET', HOSTS)).text.match(/<ipAddress>192\.0\.2\.20</g)).toHaveLength(2);
    expect((await call('DELETE', `${HOSTS}/2`)).status).toBe(200);
    expect((await call('GET', `${HOSTS}/2`)).text).toContain('<ipAddress>0.0.0.0</ipAddress>');
  });

  it('are written one by one, with host names and subscriptions', async () => {
    const { call } = testTerminal(two);
    const address =
      '<addressingFormatType>hostname</addressingFormatType><hostName>listener.example</hostName>';
    const content = `<checkResponseEnabled>true</checkResponseEnabled>${subscribe('list', ALL_LISTS)}`;
    expect((await call('PUT', `${HOSTS}/2`, slot({ id: 2, address, content }))).status).toBe(200);
    const { text } = await call('GET', `${HOSTS}/2`);
    expect(text).toContain('<hostName>listener.example</hostName>');
    expect(text).toContain('<checkResponseEnabled>true</checkResponseEnabled>');
    expect(text).toContain('<minorException>0x400</minorException>');
    expect(text).toContain('<minorEvent>0x4b,0x4c</minorEvent>');
    expect((await call('PUT', `${HOSTS}/2`, text)).status).toBe(200);
    expect((await call('GET', `${HOSTS}/2`)).text).toBe(text);
  });

  it.each([
    ['3', slot(), 'invalidID', undefined],
    ['1', slot({ content: subscribe('list') }), 'MessageParametersLack', 'EventList'],
    [
      '1',
      slot({ content: subscribe('list', '<minorEvent>0x4b</minorEvent>') }),
      'MessageParametersLack',
      'minorAlarm',
    ],
    ['1', slot({ content: subscribe('list', ALL_LISTS.replace('76', 'x')) }), 'badXmlContent', 'minorEvent'],
    ['1', slot({ content: subscribe('some') }), 'badXmlContent', 'eventMode'],
    ['1', slot().replace('/webhook', `/${'x'.repeat(128)}`), 'badXmlContent', 'url'],
    ['1', slot().replace('8080', '65536'), 'badXmlContent', 'portNo'],
    ['1', slot().replace(/<ipAddress>.*<\/ipAddress>/, ''), 'MessageParametersLack', 'ipAddress'],
    ['1', slot().replace('>HTTP<', '>FTP<'), 'badXmlContent', 'protocolType'],
  ])('slot %s with %#: refused', async (id, body, code, field) => {
    const t = testTerminal(two);
    const answer = await t.call('PUT', `${HOSTS}/${id}`, body);
    expect(answer.subStatusCode).toBe(code);
    if (field) expect(answer.text).toContain(`<errorMsg>${field}</errorMsg>`);
    expect(t.terminal.hosts.listening()).toEqual([]);
  });

  it.each([
    [list(), 'MessageParametersLack'],
    [list(slot(), slot({ id: 2 })), 'badXmlContent'],
    [list(slot({ id: 2 })), 'badXmlContent'],
  ])('list %#: refused as %s', async (body, code) => {
    expect((await testTerminal(one).call('PUT', HOSTS, body.replace('\n', ''))).subStatusCode).toBe(code);
  });

  it('a list loses its address on DS-K1T341CMF, a slot keeps it', async () => {
    const { call } = testTerminal({ profile: 'ds-k1t341cmf' });
    expect((await call('PUT', HOSTS, list(slot()))).status).toBe(200);
    expect((await call('GET', `${HOSTS}/1`)).text).toContain('<ipAddress>0.0.0.0</ipAddress>');
    expect((await call('PUT', `${HOSTS}/1`, slot())).status).toBe(200);
    expect((await call('GET', `${HOSTS}/1`)).text).toContain('<ipAddress>192.0.2.20</ipAddress>');
  });

  it('DS-K1A340 accepts a write, forgets the url, refuses host names and has no capabilities', async () => {
    const { call } = testTerminal({ profile: 'ds-k1a340' });
    expect((await call('PUT', `${HOSTS}/1`, slot())).status).toBe(200);
    expect((await call('GET', `${HOSTS}/1`)).text).toContain('<url></url>');
    const address = '<addressingFormatType>hostname</addressingFormatType><hostName>x</hostName>';
    const refused = await call('PUT', `${HOSTS}/1`, slot({ address }));
    expect(refused.subStatusCode).toBe('badXmlContent');
    expect(refused.text).toContain('<errorMsg>ipAddress</errorMsg>');
    expect((await call('GET', `${HOSTS}/capabilities`)).subStatusCode).toBe('notSupport');
  });

  it('capabilities tell the slots', async () => {
    expect((await testTerminal(two).call('GET', `${HOSTS}/capabilities`)).text).toContain(
      '<hostNumber>2</hostNumber>',
    );
  });
});
