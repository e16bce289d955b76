import { describe, expect, it } from 'vitest';
import { showCard, showFace } from '../../terminal/access.ts';
import { RECORD, userInfo } from '../testing/requests.ts';
import { sampleJson, shapeOf } from '../testing/samples.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';

const EVENT = '/ISAPI/AccessControl/AcsEvent';

interface Found {
  responseStatusStrg: string;
  numOfMatches: number;
  totalMatches: number;
  InfoList?: Record<string, unknown>[];
}

async function site(options?: TestTerminalOptions) {
  const t = testTerminal(options);
  await t.call('POST', RECORD, userInfo('31', { name: 'Person Three' }));
  t.terminal.faces.set('31', { sha256: null, sizeBytes: 0, origin: 'seeded' });
  t.terminal.cards.add({ cardNo: '0000000001', employeeNo: '31', cardType: 'normalCard' });
  const raw = (more: object) =>
    t.call('POST', EVENT, {
      AcsEventCond: { searchID: '9', searchResultPosition: 0, maxResults: 30, major: 0, minor: 0, ...more },
    });
  return {
    ...t,
    raw,
    search: async (more: object = {}) => ((await raw(more)).json as { AcsEvent: Found }).AcsEvent,
  };
}

describe('event search', () => {
  it('gives records with the keys of captured ones', async () => {
    const t = await site();
    const serials = { card: 0, unknownCard: 1, face: 2, stranger: 3 };
    showCard(t.terminal, '0000000001');
    showCard(t.terminal, '42');
    showFace(t.terminal, '31');
    showFace(t.terminal, null);
    const { InfoList = [] } = await t.search({ major: 5 });
    const sample = (sampleJson('acsevent-face-and-card-records.json') as { AcsEvent: { InfoList: object[] } })
      .AcsEvent;
    for (const [name, index] of Object.entries(serials)) {
      const own = Object.entries(InfoList[index]!).filter(([key]) => key !== 'picturesNumber');
      expect([name, shapeOf(Object.fromEntries(own.sort()))]).toEqual([
        name,
        shapeOf(Object.fromEntries(Object.entries(sample.InfoList[index]!).sort())),
      ]);
    }
  });

  it('wraps them as captured', async () => {
    const t = await site();
    t.terminal.events.append({
      major: 5,
      minor: 38,
      cardType: 1,
      name: 'Person Two',
      employeeNo: '2',
      attendanceStatus: 'checkOut',
      label: 'Check Out',
    });
    const { json } = await t.raw({});
    const sample = sampleJson('acsevent-k1t320-checkout.json') as { AcsEvent: Record<string, unknown> };
    expect(Object.keys((json as typeof sample).AcsEvent)).toEqual(Object.keys(sample.AcsEvent));
    expect((json as typeof sample).AcsEvent).toMatchObject({
      searchID: '9',
      totalMatches: 1,
      responseStatusStrg: 'OK',
    });
    expect((await t.search()).InfoList?.[0]).toMatchObject({
      attendanceStatus: 'checkOut',
      label: 'Check Out',
    });
  });

  it('finds nothing: NO MATCH without a list', async () => {
    const t = await site();
    expect(await t.search()).toEqual({
      searchID: '9',
      totalMatches: 0,
      responseStatusStrg: 'NO MATCH',
      numOfMatches: 0,
    });
  });

  it('pages to the end, in either direction', async () => {
    const t = await site();
    for (let index = 0; index < 5; index += 1) showFace(t.terminal, null);
    const page = (searchResultPosition: number, more: object = {}) =>
      t.search({ searchResultPosition, maxResults: 2, ...more });
    expect(await page(0)).toMatchObject({ responseStatusStrg: 'MORE', numOfMatches: 2, totalMatches: 5 });
    expect(await page(4)).toMatchObject({ responseStatusStrg: 'OK', numOfMatches: 1 });
    expect(await page(5)).toMatchObject({ responseStatusStrg: 'NO MATCH' });
    const newest = await page(0, { timeReverseOrder: true });
    expect(newest.InfoList?.map((event) => event.serialNo)).toEqual([5, 4]);
  });

  it.each([
    [{ major: undefined }, 'MessageParametersLack', 'major'],
    [{ minor: undefined }, 'MessageParametersLack', 'minor'],
    [{ major: 4 }, 'badJsonContent', 'major'],
    [{ maxResults: 31 }, 'badJsonContent', 'maxResults'],
    [{ searchResultPosition: 300_001 }, 'badJsonContent', 'searchResultPosition'],
    [{ startTime: '2026-04-26T00:00:00' }, 'badJsonContent', 'startTime'],
    [{ startTime: '2026-04-26T00:00:00Z' }, 'badJsonContent', 'startTime'],
    [{ startTime: '2026-04-26T00:00:00.000+03:00' }, 'badJsonContent', 'startTime'],
    [{ endTime: '2026-13-26T00:00:00+03:00' }, 'badJsonContent', 'endTime'],
    [{ beginSerialNo: 1 }, 'badJsonContent', 'endSerialNo'],
    [{ beginSerialNo: 1, endSerialNo: 4_294_967_295 }, 'badJsonContent', 'endSerialNo'],
    [{ employeeNoString: 31 }, 'badJsonContent', 'employeeNoString'],
  ])('%j is %s %s', async (more, code, errorMsg) => {
    const answer = await (await site()).raw(more);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ subStatusCode: code, errorMsg });
  });

  it('refuses an XML body as badJsonFormat', async () => {
    const t = await site();
    expect((await t.call('POST', EVENT, '<AcsEventCond/>')).json).toMatchObject({
      statusCode: 5,
      subStatusCode: 'badJsonFormat',
    });
  });

  it('takes an end of 999999999 and times with offset', async () => {
    const t = await site();
    showFace(t.terminal, '31');
    await t.clock.advance(3_600_000);
    showFace(t.terminal, null);
    expect(await t.search({ beginSerialNo: 1, endSerialNo: 999_999_999 })).toMatchObject({ totalMatches: 2 });
    // 11:30 in Moscow is 08:30 in Greenwich, half an hour after the first event.
    const later = await t.search({
      startTime: '2026-01-05T11:30:00+03:00',
      endTime: '2026-01-05T09:00:00+00:00',
    });
    expect(later.InfoList?.map((event) => event.minor)).toEqual([76]);
    expect(await t.search({ employeeNoString: '31' })).toMatchObject({ totalMatches: 1 });
  });

  it('reads a time without offset as the device’s own, where the model takes it', async () => {
    const t = await site({ traits: { eventTimesNeedOffset: false } });
    showFace(t.terminal, null);
    expect(
      await t.search({ startTime: '2026-01-05T11:00:00', endTime: '2026-01-05T11:00:00' }),
    ).toMatchObject({ totalMatches: 1 });
    expect(await t.search({ startTime: '2026-01-05T11:00:01' })).toMatchObject({ totalMatches: 0 });
  });

  it('totals need a root of their own', async () => {
    const t = await site();
    showFace(t.terminal, null);
    const total = (root: string) => t.call('POST', `${EVENT}TotalNum`, { [root]: { major: 5, minor: 0 } });
    const { json } = await total('AcsEventTotalNumCond');
    expect(shapeOf(json)).toEqual(shapeOf(sampleJson('acseventtotalnum-k1a340.json')));
    expect(json).toEqual({ AcsEventTotalNum: { totalNum: 1 } });
    expect((await total('AcsEventCond')).json).toMatchObject({ errorMsg: 'AcsEventTotalNumCond' });
  });

  it('storage mode is kept', async () => {
    const t = await site();
    const put = (body: object) => t.call('PUT', `${EVENT}/StorageCfg`, body);
    expect((await t.call('GET', `${EVENT}/StorageCfg`)).json).toEqual({ EventStorageCfg: { mode: 'cycle' } });
    expect((await put({ EventStorageCfg: { mode: 'time', checkTime: '2026-01-01T00:00:00' } })).status).toBe(
      200,
    );
    expect((await t.call('GET', `${EVENT}/StorageCfg`)).json).toEqual({
      EventStorageCfg: { mode: 'time', checkTime: '2026-01-01T00:00:00' },
    });
    expect((await put({ EventStorageCfg: { mode: 'never' } })).json).toMatchObject({ errorMsg: 'mode' });
    expect((await put({})).json).toMatchObject({ errorMsg: 'EventStorageCfg' });
  });

  it('capabilities list the majors in the style of the model', async () => {
    const majorOf = async (capabilityOptStyle: 'array' | 'comma-string') => {
      const { json } = await (
        await site({ traits: { capabilityOptStyle } })
      ).call('GET', `${EVENT}/capabilities`);
      return (json as { AcsEvent: { AcsEventCond: { major: unknown } } }).AcsEvent.AcsEventCond.major;
    };
    expect(await majorOf('comma-string')).toEqual({ '@opt': '0,1,2,3,5' });
    expect(await majorOf('array')).toEqual({ '@opt': [0, 1, 2, 3, 5] });
  });
});
