import { listenControl, startFleet, type ControlServer, type Fleet } from '@pontaj/simulator';
import { DigestClient } from 'digest-fetch';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requireDebianPackages } from '../../scripts/debian.ts';
import { browserProgram } from './support/browser-program.ts';

const BROWSER_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';

let fleet: Fleet;
let control: ControlServer;
let browser: Browser;
let page: Page;
const troubles: string[] = [];
/** What was started, so that a start that fails half-way leaves nothing behind. */
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  await requireDebianPackages(['fonts-dejavu-core']);
  const executablePath = await browserProgram();
  fleet = await startFleet({ devices: 2 });
  stops.push(() => fleet.stop());
  control = await listenControl({
    fleet,
    host: '127.0.0.1',
    port: 0,
    onDefect: (error) => troubles.push(String(error)),
  });
  stops.push(() => control.stop());
  browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  stops.push(() => browser.close());
});

afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

beforeEach(async () => {
  for (const device of fleet.devices) device.reset();
  troubles.length = 0;
  page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  await page.goto(control.url);
  await page.getByRole('status').getByText('live', { exact: true }).waitFor();
  return async () => {
    await page.close();
    expect(troubles).toEqual([]);
  };
});

const deviceRow = (id: string) => page.locator('#devices tr', { hasText: id });
const journalRows = () => page.locator('#journal tr');

/** Writes a person as a client would: challenge first, then the signed request. */
async function writePerson(id: string, employeeNo: string, name: string): Promise<Record<string, unknown>> {
  const { url, username, password } = fleet.device(id);
  const answer = (await new DigestClient(username, password).fetch(`${url}${RECORD}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ UserInfo: { employeeNo, name } }),
  })) as Response;
  return (await answer.json()) as Record<string, unknown>;
}

describe('the page of the simulator, in a browser', () => {
  test('shows every terminal with its address and what is on it', async () => {
    expect(await page.locator('#devices tr').count()).toBe(2);
    for (const device of fleet.devices) {
      const text = await deviceRow(device.id).innerText();
      for (const part of [device.url, device.model, 'on']) expect(text).toContain(part);
    }
  });

  test('shows a request as it comes, with person and answer, and counts the person', async () => {
    await writePerson('device-1', '1000', 'Popescu Ion');
    const signed = journalRows().filter({ hasText: '200 ok' });
    await signed.waitFor();
    expect(await signed.innerText()).toMatch(/device-1\s+POST \/ISAPI\/AccessControl\/UserInfo\/Record/);
    expect(await signed.innerText()).toContain('1000');
    expect(await journalRows().count()).toBe(2);
    await deviceRow('device-1').locator('td.number', { hasText: '1' }).waitFor();
  });

  test('shows after a reload what came before it, once', async () => {
    await writePerson('device-1', '1000', 'Popescu Ion');
    await page.reload();
    await journalRows().filter({ hasText: '200 ok' }).waitFor();
    expect(await journalRows().count()).toBe(2);
  });

  test('sets a packaged set of faults that the terminal then has', async () => {
    await deviceRow('device-2').getByLabel('Set faults').selectOption('full-disk');
    await deviceRow('device-2').locator('td.warn', { hasText: 'full-disk' }).waitFor();
    expect(fleet.device('device-2').faults()).not.toEqual([]);
    expect(await writePerson('device-2', '1000', 'Popescu Ion')).toMatchObject({
      subStatusCode: 'deviceUserFull',
    });
    const refused = journalRows().filter({ hasText: 'deviceUserFull' });
    await refused.waitFor();
    expect(await refused.innerText()).toContain('full-disk');
    expect(fleet.device('device-1').faults()).toEqual([]);
  });

  test('switches a terminal off and on', async () => {
    await deviceRow('device-1').getByRole('button', { name: 'off', exact: true }).click();
    await deviceRow('device-1').locator('td.off').waitFor();
    expect(fleet.device('device-1').power).toBe('off');
    await deviceRow('device-1').getByRole('button', { name: 'on', exact: true }).click();
    await deviceRow('device-1').locator('td.on').waitFor();
    expect(fleet.device('device-1').power).toBe('on');
  });

  test('keeps a list of faults open while requests come in', async () => {
    const chooser = await deviceRow('device-1').getByLabel('Set faults').elementHandle({ timeout: 10_000 });
    await writePerson('device-1', '1000', 'Popescu Ion');
    await deviceRow('device-1').locator('td.number', { hasText: '1' }).waitFor();
    // An element that was taken out of the page is not visible.
    expect(await chooser.isVisible()).toBe(true);
  });

  test('opens a row and shows both bodies, the login and what became of the answer', async () => {
    fleet.device('device-1').setFaults([{ what: { kind: 'sub-status', subStatusCode: 'noMemory' } }]);
    await writePerson('device-1', '1000', 'Popescu Ion');
    await journalRows().filter({ hasText: 'noMemory' }).click();
    const detail = page.locator('#journal td.detail');
    await detail.waitFor();
    const text = await detail.innerText();
    for (const part of [
      'person-record',
      'carried out: no',
      '"employeeNo": "1000"',
      '"subStatusCode": "noMemory"',
    ])
      expect(text).toContain(part);
    await page.locator('#journal tr.entry').filter({ hasText: '401' }).click();
    expect(await detail.allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('challenge sent')]),
    );
    await journalRows().filter({ hasText: '400 noMemory' }).click();
    expect(await detail.count()).toBe(1);
  });

  test('says why a login failed and why a picture was not fetched', async () => {
    const { url, username } = fleet.device('device-1');
    await new DigestClient(username, 'wrong').fetch(`${url}/ISAPI/Security/userCheck`);
    await journalRows().filter({ hasText: '401 wrong-response' }).waitFor();
    await writePerson('device-1', '1000', 'Popescu Ion');
    const { password } = fleet.device('device-1');
    await new DigestClient(username, password).fetch(
      `${url}/ISAPI/Intelligent/FDLib/FaceDataRecord?format=json`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          faceLibType: 'blackFD',
          FDID: '1',
          FPID: '1000',
          faceURL: 'http://192.0.2.1/1.jpg',
        }),
      },
    );
    await journalRows().filter({ hasText: 'host 192.0.2.1 not allowed' }).waitFor();
  });

  test('shows only the rows that are asked for', async () => {
    await writePerson('device-1', '1000', 'Popescu Ion');
    await writePerson('device-2', '2000', 'Ionescu Ana');
    await journalRows().filter({ hasText: '2000' }).waitFor();
    expect(await page.locator('#journal tr:visible').count()).toBe(4);
    await page.getByLabel('without challenges').check();
    expect(await page.locator('#journal tr:visible').count()).toBe(2);
    await page.getByLabel('Show only rows with').fill('2000');
    expect(await page.locator('#journal tr:visible').allInnerTexts()).toEqual([
      expect.stringContaining('device-2'),
    ]);
  });

  test('opens a terminal: persons, faults as data, somebody at the door', async () => {
    await writePerson('device-1', '1000', 'Popescu Ion');
    await page.getByRole('button', { name: 'device-1', exact: true }).click();
    const panel = page.locator('#devices td.detail');
    await panel.getByText('Popescu Ion').waitFor();
    await panel.getByRole('button', { name: 'a stranger shows their face' }).click();
    await journalRows().filter({ hasText: 'face not recognised' }).waitFor();
    await panel.getByLabel('Faults as JSON').fill('[{"what": {"kind": "busy"}}]');
    await panel.getByRole('button', { name: 'set faults' }).click();
    await deviceRow('device-1').locator('td.warn', { hasText: 'fault-1' }).waitFor();
    expect(fleet.device('device-1').faults()).toMatchObject([{ what: { kind: 'busy' } }]);
    await page.getByRole('button', { name: 'device-1', exact: true }).click();
    expect(await panel.count()).toBe(0);
  });

  test('shows what clients write as text, never as markup', async () => {
    const answer = await fetch(`${fleet.device('device-1').url}/ISAPI/<img src=x onerror=alert(1)>`);
    await answer.arrayBuffer();
    await journalRows().filter({ hasText: '401' }).first().waitFor();
    expect(await page.locator('#journal img').count()).toBe(0);
  });
});
