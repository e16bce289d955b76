import { describe, expect, it } from 'vitest';
import type { Rig, RigOptions, Way } from './rig.ts';

const EVENTS = '/ISAPI/AccessControl/AcsEvent?format=json';
const TOTAL = '/ISAPI/AccessControl/AcsEventTotalNum?format=json';
const PERSON = { employeeNo: '0042', name: 'Popescu Ion', face: true };

type Found = Record<string, unknown> & { InfoList?: Record<string, unknown>[] };

const conditions = (more: object = {}) => ({
  searchID: '9',
  searchResultPosition: 0,
  maxResults: 30,
  major: 0,
  minor: 0,
  ...more,
});
const ask = (rig: Rig, more: object = {}) =>
  rig.call({ target: EVENTS, body: { AcsEventCond: conditions(more) } });
const find = async (rig: Rig, more: object = {}) =>
  ((await ask(rig, more)).json() as { AcsEvent: Found }).AcsEvent;
const without = (key: string) => {
  const { [key]: _left, ...rest } = conditions() as Record<string, unknown>;
  return rest;
};

/** Rows of the event history: search rules, totals, records. */
export function eventsSuite(way: Way): void {
  const site = async (count = 0, options: RigOptions = {}) => {
    const rig = await way.rig({ persons: [PERSON], ...options });
    for (let index = 0; index < count; index += 1) {
      rig.device.showFace(index % 2 === 0 ? PERSON.employeeNo : null);
      await rig.clock.advance(1000);
    }
    return rig;
  };

  describe('event search', () => {
    it.each(['major', 'minor'])('without %s is MessageParametersLack naming it', async (key) => {
      const rig = await site();
      const answer = await rig.call({ target: EVENTS, body: { AcsEventCond: without(key) } });
      expect([answer.status, answer.json()]).toEqual([
        400,
        {
          statusCode: 6,
          statusString: 'Invalid Content',
          subStatusCode: 'MessageParametersLack',
          errorCode: 0x60000019,
          errorMsg: key,
        },
      ]);
    });

    it.each<[string, object, string]>([
      ['a time without offset', { startTime: '2026-01-05T00:00:00' }, 'startTime'],
      ['milliseconds', { startTime: '2026-01-05T00:00:00.000+02:00' }, 'startTime'],
      ['Z', { endTime: '2026-01-05T00:00:00Z' }, 'endTime'],
      ['a begin without an end', { beginSerialNo: 1 }, 'endSerialNo'],
      ['a serial number of all ones', { beginSerialNo: 1, endSerialNo: 4_294_967_295 }, 'endSerialNo'],
      ['an unknown major', { major: 4 }, 'major'],
      ['more than a page', { maxResults: 31 }, 'maxResults'],
      ['a position beyond the range', { searchResultPosition: 300_001 }, 'searchResultPosition'],
      ['an empty searchID', { searchID: '' }, 'searchID'],
      ['a long searchID', { searchID: 'x'.repeat(65) }, 'searchID'],
    ])('refuses %s', async (_, more, errorMsg) => {
      const answer = await ask(await site(), more);
      expect(answer.status).toBe(400);
      expect(answer.json()).toMatchObject({ statusCode: 6, subStatusCode: 'badJsonContent', errorMsg });
    });

    it('takes an offset, the numbers seen accepted, and searchIDs of 64', async () => {
      const rig = await site(1);
      for (const more of [
        { startTime: '2026-01-05T00:00:00+02:00', endTime: '2026-01-06T00:00:00-03:00' },
        { beginSerialNo: 1, endSerialNo: 999_999_999 },
        { searchID: 'x'.repeat(64) },
      ])
        expect(await find(rig, more)).toMatchObject({ numOfMatches: 1, totalMatches: 1 });
    });

    it('refuses an XML body as badJsonFormat', async () => {
      const rig = await site();
      const answer = await rig.call({
        target: EVENTS,
        body: '<AcsEventCond/>',
        contentType: 'application/xml',
      });
      expect(answer.json()).toMatchObject({ statusCode: 5, subStatusCode: 'badJsonFormat' });
    });

    it('pages: MORE, then OK, then NO MATCH without a list', async () => {
      const rig = await site(5);
      const pages = [];
      for (const searchResultPosition of [0, 2, 4, 6])
        pages.push(await find(rig, { maxResults: 2, searchResultPosition }));
      expect(pages.map((page) => [page.responseStatusStrg, page.numOfMatches, page.totalMatches])).toEqual([
        ['MORE', 2, 5],
        ['MORE', 2, 5],
        ['OK', 1, 5],
        ['NO MATCH', 0, 5],
      ]);
      expect(pages.map((page) => page.InfoList?.map(({ serialNo }) => serialNo))).toEqual([
        [1, 2],
        [3, 4],
        [5],
        undefined,
      ]);
      const newest = await find(rig, { timeReverseOrder: true, maxResults: 1 });
      expect(newest.InfoList?.[0]?.serialNo).toBe(5);
    });

    it('finds by kind, person, number and time', async () => {
      const rig = await site(4);
      const serials = async (more: object) =>
        (await find(rig, more)).InfoList?.map(({ serialNo }) => serialNo);
      expect(await serials({ major: 5, minor: 75 })).toEqual([1, 3]);
      expect(await serials({ major: 3 })).toBeUndefined();
      expect(await serials({ employeeNoString: '0042' })).toEqual([1, 3]);
      expect(await serials({ employeeNoString: '42' })).toBeUndefined();
      expect(await serials({ beginSerialNo: 2, endSerialNo: 3 })).toEqual([2, 3]);
      const [first] = (await find(rig)).InfoList ?? [];
      expect(await serials({ startTime: first?.time, endTime: first?.time })).toEqual([1]);
    });

    it('gives sparse records: a stranger has neither number nor name', async () => {
      const rig = await site(2);
      const [known, stranger] = (await find(rig)).InfoList ?? [];
      expect(known).toMatchObject({
        major: 5,
        minor: 75,
        employeeNoString: '0042',
        name: 'Popescu Ion',
        userType: 'normal',
      });
      expect(known?.time).toMatch(/^2026-01-05T\d{2}:\d{2}:\d{2}\+\d{2}:00$/);
      expect(known?.pictureURL).toMatch(
        /\/LOCALS\/pic\/acsLinkCap\/202601_00\/05_\d{6}_30075_\d+\.jpeg@WEB\d{12}$/,
      );
      expect(stranger).toMatchObject({ major: 5, minor: 76 });
      for (const key of ['employeeNoString', 'name', 'pictureURL']) expect(stranger).not.toHaveProperty(key);
    });
  });

  describe('event totals', () => {
    it('need a root of their own', async () => {
      const rig = await site(3);
      const total = async (body: object) => (await rig.call({ target: TOTAL, body })).json();
      expect(await total({ AcsEventTotalNumCond: { major: 5, minor: 76 } })).toEqual({
        AcsEventTotalNum: { totalNum: 1 },
      });
      expect(await total({ AcsEventCond: { major: 0, minor: 0 } })).toMatchObject({
        subStatusCode: 'MessageParametersLack',
        errorMsg: 'AcsEventTotalNumCond',
      });
      expect(await total({ AcsEventTotalNumCond: { major: 0 } })).toMatchObject({ errorMsg: 'minor' });
    });
  });
}
