import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { startFleet } from '../fleet.ts';
import type { Fleet } from '../fleet-types.ts';
import { listenControl, type ControlServer } from './listen.ts';
import { MAX_FEEDS } from './live-feed.ts';
import { eventView, deviceView, journalEntry, personView, problemDocument } from './schemas.ts';

let fleet: Fleet;
let control: ControlServer;
let defects: unknown[];

beforeEach(async () => {
  defects = [];
  fleet = await startFleet({
    devices: [
      { id: 'gate', persons: [{ employeeNo: '1000', name: 'Popescu Ion', face: true }] },
      { id: 'office' },
    ],
    listen: false,
    seed: 5,
  });
  control = await listenControl({
    fleet,
    host: '127.0.0.1',
    port: 0,
    onDefect: (error) => defects.push(error),
  });
});
afterEach(async () => {
  await control.stop();
  await fleet.stop();
  expect(defects).toEqual([]);
});

async function call(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${control.url}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: text === '' ? null : (JSON.parse(text) as never),
  };
}

async function problem(
  method: string,
  path: string,
  body?: unknown,
): Promise<z.infer<typeof problemDocument>> {
  const answer = await call(method, path, body);
  expect(answer.type).toBe('application/problem+json; charset=utf-8');
  const document = problemDocument.parse(answer.body);
  expect(document.status).toBe(answer.status);
  return document;
}

const ask = (id: string, target = '/ISAPI/System/deviceInfo') =>
  fleet.device(id).handle({ method: 'GET', target });

describe('devices', () => {
  test('are listed, shown, added and removed', async () => {
    const list = await call('GET', '/api/devices');
    expect(
      deviceView
        .array()
        .parse(list.body)
        .map(({ id, persons, faces }) => [id, persons, faces]),
    ).toEqual([
      ['gate', 1, 1],
      ['office', 0, 0],
    ]);
    expect(JSON.stringify(list.body)).not.toContain('Parola');
    const added = await call('POST', '/api/devices', { id: 'new', profile: 'ds-k1a340', faults: ['busy'] });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ id: 'new', profile: 'ds-k1a340', faults: ['busy/1'] });
    expect((await call('DELETE', '/api/devices/new')).status).toBe(204);
    expect((await problem('GET', '/api/devices/new')).code).toBe('unknown_device');
  });

  test.each([
    [{ id: 'gate' }, 'bad_device', /"gate" already/],
    [{ id: '../x' }, 'bad_device', /\.\.\/x/],
    [{ profile: 'ds-9' }, 'bad_device', /no profile "ds-9"/],
    [{ profil: 'generic' }, 'bad_input', /no key "profil"; did you mean "profile"\? Keys here: id, /],
    [{ count: 3 }, 'bad_input', /no key "count"\. Keys here: id, /],
    [{ traits: { lockAfter: 'never' } }, 'bad_device', /lockAfter/],
    [{ faults: ['nope'] }, 'bad_fault', /no packaged set "nope"/],
  ])('%j is refused', async (body, code, detail) => {
    const refused = await problem('POST', '/api/devices', body);
    expect(refused).toMatchObject({ status: 422, code });
    expect(refused.detail).toMatch(detail);
    expect(fleet.devices).toHaveLength(2);
  });

  test('persons and faces are those of the terminal', async () => {
    const persons = personView.array().parse((await call('GET', '/api/devices/gate/persons')).body);
    expect(persons).toMatchObject([{ employeeNo: '1000', name: 'Popescu Ion', numOfFace: 1 }]);
    expect((await call('GET', '/api/devices/gate/faces')).body).toMatchObject([
      { FPID: '1000', origin: 'seeded' },
    ]);
  });

  test('cards and events are those of the terminal', async () => {
    await call('POST', '/api/devices/gate/show-face', { employeeNo: '1000' });
    await call('POST', '/api/devices/gate/show-card', { cardNo: '0007' });
    const events = eventView.array().parse((await call('GET', '/api/devices/gate/events')).body);
    expect(events.map(({ minor, employeeNo, cardNo }) => [minor, employeeNo, cardNo])).toEqual([
      [75, '1000', undefined],
      [9, undefined, '0007'],
    ]);
    const [last] = fleet.device('gate').events(1);
    expect((await call('GET', '/api/devices/gate/events?limit=1')).body).toEqual([last]);
    const snapshot = fleet.device('gate').snapshot() as { terminal: { cards: object[] } };
    const card = { cardNo: '0007', employeeNo: '1000', cardType: 'normalCard' };
    snapshot.terminal.cards = [card];
    await call('PUT', '/api/devices/gate/snapshot', snapshot);
    expect((await call('GET', '/api/devices/gate/cards')).body).toEqual([card]);
    expect(fleet.device('gate').cards()).toEqual([card]);
  });

  test('a mistyped id is met with the nearest', async () => {
    expect((await problem('GET', '/api/devices/gaet/persons')).detail).toMatch(
      /did you mean "gate"\? Devices: gate, office/,
    );
  });
});

describe('faults', () => {
  const path = '/api/devices/gate/faults';

  test('a list replaces what was set, and takes part in the next call', async () => {
    await call('PUT', path, ['offline']);
    const set = await call('PUT', path, [
      { when: { stage: 'any' }, what: { kind: 'http-503' } },
      'full-disk',
    ]);
    expect(set.body).toMatchObject([{ id: 'fault-1' }, { id: 'full-disk/1' }, { id: 'full-disk/2' }]);
    const none = { seen: 0, fired: 0 };
    expect((await call('GET', `${path}/counts`)).body).toMatchObject([none, none, none]);
    expect(await ask('gate')).toMatchObject({ status: 503 });
    expect((await call('GET', `${path}/counts`)).body).toMatchObject([
      { id: 'fault-1', seen: 1, fired: 1 },
      none,
      none,
    ]);
    expect(await ask('office')).toMatchObject({ status: 401 });
    expect((await call('GET', path)).body).toEqual(set.body);
  });

  test('what GET shows can be PUT', async () => {
    const { body } = await call('PUT', path, { faults: ['flaky-vpn', { id: 'x', what: { kind: 'busy' } }] });
    expect((await call('PUT', path, body)).body).toEqual(body);
  });

  test('one is added and removed by its id, a set by its name', async () => {
    expect((await call('POST', path, { what: { kind: 'busy' } })).body).toEqual({ id: 'fault-1' });
    expect(await call('POST', path, 'flaky-vpn')).toMatchObject({ status: 201, body: { id: 'flaky-vpn' } });
    expect((await call('DELETE', `${path}/flaky-vpn/2`)).status).toBe(204);
    expect((await call('DELETE', `${path}/flaky-vpn%2F3`)).status).toBe(204);
    expect((await call('DELETE', `${path}/flaky-vpn`)).status).toBe(204);
    expect((await call('DELETE', `${path}/fault-1`)).status).toBe(204);
    expect((await problem('DELETE', `${path}/fault-1`)).detail).toMatch(/no fault "fault-1".*none/);
    expect((await call('GET', path)).body).toEqual([]);
  });

  test('all go at once', async () => {
    await call('PUT', path, ['silent']);
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await ask('gate')).toMatchObject({ status: 401 });
  });

  test('a bad one is named, and nothing changes', async () => {
    await call('PUT', path, ['busy']);
    const refused = await problem('PUT', path, ['silent', { what: { kind: 'delay', ms: 'x' } }]);
    expect(refused).toMatchObject({ code: 'bad_fault', place: 'faults[1].what.ms' });
    expect((await call('GET', path)).body).toMatchObject([{ id: 'busy/1' }]);
    const alone = await problem('PUT', path, { what: { kind: 'busy' } });
    expect(alone.detail).toContain('PUT takes the whole list, for example ["flaky-vpn"]');
  });

  test('sets and kinds are explained', async () => {
    expect((await call('GET', '/api/fault-sets')).body).toContainEqual(
      expect.objectContaining({ name: 'flaky-vpn' }),
    );
    expect((await call('GET', '/api/fault-kinds')).body).toContainEqual(
      expect.objectContaining({ kind: 'answer-lost' }),
    );
  });
});

describe('the journal', () => {
  test('is filtered and paged', async () => {
    await ask('gate');
    await ask('gate', '/ISAPI/Nowhere?format=json&password=Parola-1');
    const all = journalEntry.array().parse((await call('GET', '/api/devices/gate/requests')).body);
    expect(all.map(({ sequence, status }) => [sequence, status])).toEqual([
      [1, 401],
      [2, 401],
    ]);
    expect(JSON.stringify(all)).not.toContain('Parola');
    expect((await call('GET', '/api/devices/gate/requests?after=1&limit=1')).body).toMatchObject([
      { sequence: 2 },
    ]);
    expect((await call('GET', '/api/devices/gate/requests?status=200')).body).toEqual([]);
    expect((await problem('GET', '/api/devices/gate/requests?stauts=200')).detail).toMatch(/stauts/);
    expect((await problem('GET', '/api/devices/gate/requests?limit=0')).detail).toMatch(/query\.limit/);
  });

  test('can be waited for', async () => {
    const waiting = call('GET', '/api/devices/gate/requests/next?path=/ISAPI/System');
    await ask('gate', '/SDK/activateStatus');
    await ask('gate');
    // The wait may begin after the call: the past counts too when asked.
    const past = await call('GET', '/api/devices/gate/requests/next?path=/ISAPI/System&includePast=true');
    expect(past.body).toMatchObject({ target: '/ISAPI/System/deviceInfo' });
    await ask('gate');
    expect((await waiting).body).toMatchObject({ target: '/ISAPI/System/deviceInfo' });
  });

  test('says when nothing came', async () => {
    const late = await problem('GET', '/api/devices/gate/requests/next?timeoutMs=1&employeeNo=77');
    expect(late).toMatchObject({ status: 504, code: 'nothing_arrived' });
    expect(late.detail).toContain('"employeeNo":"77"');
  });
});

describe('what people do to a device', () => {
  test('power', async () => {
    expect((await call('POST', '/api/devices/gate/power', { power: 'off' })).body).toMatchObject({
      power: 'off',
    });
    expect(await ask('gate')).toMatchObject({ kind: 'no-answer', how: 'refused' });
    expect((await call('POST', '/api/devices/gate/power', { power: 'on' })).body).toMatchObject({
      power: 'on',
    });
    expect(
      (await call('POST', '/api/devices/gate/power', { power: 'reboot', awayMs: 60_000 })).body,
    ).toMatchObject({ power: 'rebooting' });
    expect((await problem('POST', '/api/devices/gate/power', { power: 'on', awayMs: 1 })).detail).toMatch(
      /awayMs/,
    );
    expect((await problem('POST', '/api/devices/gate/power', { power: 'dim' })).detail).toMatch(
      /body\.power/,
    );
  });

  test('password, clock, edits, faces and cards', async () => {
    await call('POST', '/api/devices/gate/password', { password: 'Alta-parola-2' });
    expect(fleet.device('gate').password).toBe('Alta-parola-2');
    expect((await call('POST', '/api/devices/gate/clock', { offsetMs: -5000 })).status).toBe(204);
    const edited = await call('POST', '/api/devices/gate/edit-at-terminal', {
      employeeNo: '1000',
      name: 'Altul',
    });
    expect(edited.status).toBe(200);
    expect(fleet.device('gate').persons()[0]?.name).toBe('Altul');
    expect(
      (await problem('POST', '/api/devices/gate/edit-at-terminal', { employeeNo: '1000' })).detail,
    ).toMatch(/nothing to do/);
    expect((await call('POST', '/api/devices/gate/show-face', { employeeNo: null })).status).toBe(204);
    expect((await call('POST', '/api/devices/gate/show-card', { cardNo: '0001' })).status).toBe(204);
  });

  test('snapshot, reset, restore', async () => {
    const { body } = await call('GET', '/api/devices/gate/snapshot');
    expect((await call('POST', '/api/devices/gate/reset')).body).toMatchObject({ persons: 0 });
    expect((await call('PUT', '/api/devices/gate/snapshot', body)).body).toMatchObject({ persons: 1 });
    expect((await problem('PUT', '/api/devices/gate/snapshot', { no: 'snapshot' })).code).toBe('bad_input');
    expect((await call('POST', '/api/reset')).status).toBe(204);
    expect(fleet.device('gate').counts()).toEqual({ persons: 0, faces: 0 });
  });
});

describe('the live feed', () => {
  async function* feed(path: string) {
    const answer = await fetch(`${control.url}${path}`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        yield block.startsWith(':')
          ? { event: 'comment', data: null }
          : {
              event: /^event: (.*)$/m.exec(block)?.[1],
              data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') as Record<string, unknown>,
            };
      }
    }
  }

  test('tells requests, changes and people at the door, of one device when asked', async () => {
    const events = feed('/api/events?device=gate');
    expect((await events.next()).value).toMatchObject({ event: 'comment' });
    await ask('office');
    await ask('gate');
    expect((await events.next()).value).toMatchObject({
      event: 'request',
      data: { deviceId: 'gate', status: 401 },
    });
    fleet.device('gate').setFaults(['busy']);
    expect((await events.next()).value).toMatchObject({
      event: 'device',
      data: { deviceId: 'gate', what: 'faults' },
    });
    fleet.device('gate').showFace('1000');
    expect((await events.next()).value).toMatchObject({ event: 'access', data: { deviceId: 'gate' } });
    await events.return(undefined);
  });

  test('there is room for so many', async () => {
    const feeds = Array.from({ length: MAX_FEEDS }, () => feed('/api/events'));
    await Promise.all(feeds.map((events) => events.next()));
    expect((await problem('GET', '/api/events')).code).toBe('too_many_listeners');
    await Promise.all(feeds.map((events) => events.return(undefined)));
  });

  test('ends when the control API stops', async () => {
    const events = feed('/api/events');
    await events.next();
    await control.stop();
    await expect(events.next().catch(() => ({ done: true }))).resolves.toMatchObject({ done: true });
  });
});

describe('what is not understood', () => {
  test.each([
    ['GET', '/api/devises', 404, 'unknown_path', /did you mean \/api\/devices\?/],
    ['PATCH', '/api/devices', 405, 'wrong_method', /takes GET, POST, not PATCH/],
    ['PUT', '/api/devices/gate/faults', 400, 'bad_json', /empty/],
  ])('%s %s', async (method, path, status, code, detail) => {
    const refused = await problem(method, path);
    expect(refused).toMatchObject({ status, code });
    expect(refused.detail).toMatch(detail);
  });

  async function raw(body: string, type: string) {
    const answer = await fetch(`${control.url}/api/devices/gate/faults`, {
      method: 'PUT',
      body,
      headers: { 'Content-Type': type },
    });
    return problemDocument.parse(await answer.json());
  }

  test('bodies that are no JSON, of another type, or too large', async () => {
    expect(await raw('[{]', 'application/json')).toMatchObject({ status: 400, code: 'bad_json' });
    expect(await raw('[]', 'text/plain')).toMatchObject({ status: 415, code: 'not_json' });
    expect(await raw(`["${'x'.repeat(1024 * 1024)}"]`, 'application/json')).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });

  test('a mistake of the simulator is told to its owner, not to the client', async () => {
    fleet.device('gate').persons = () => {
      throw new Error('inner workings');
    };
    const refused = await problem('GET', '/api/devices/gate/persons');
    expect(refused).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(refused)).not.toContain('inner workings');
    expect(defects.splice(0)).toHaveLength(1);
  });
});

describe('for people', () => {
  test('the page needs nothing from elsewhere and runs only its own script', async () => {
    const answer = await fetch(control.url);
    const html = await answer.text();
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'sha256-/);
    expect(html).not.toMatch(/(src|href)="https?:/);
    expect(html).not.toContain('innerHTML');
  });

  test('profiles, fleet and the OpenAPI document', async () => {
    expect((await call('GET', '/api/profiles')).body).toContainEqual(
      expect.objectContaining({ name: 'generic' }),
    );
    expect((await call('GET', '/api/fleet')).body).toMatchObject({ seed: 5, devices: 2 });
    expect((await call('GET', '/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
  });
});

test('the port of the message is the port of the trouble', async () => {
  const port = Number(new URL(control.url).port);
  await expect(listenControl({ fleet, host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
