import { describe, expect, it } from 'vitest';
import { RECORD, userInfo } from '../testing/requests.ts';
import { sampleJson } from '../testing/samples.ts';
import { testTerminal, type TestTerminalOptions } from '../testing/test-terminal.ts';

const CARD = '/ISAPI/AccessControl/CardInfo';

async function withPersons(options?: TestTerminalOptions) {
  const t = testTerminal(options);
  for (const employeeNo of ['1001', '1002']) await t.call('POST', RECORD, userInfo(employeeNo));
  return {
    ...t,
    add: (cardNo: unknown, employeeNo: unknown = '1001', more: object = {}) =>
      t.call('POST', `${CARD}/Record`, { CardInfo: { employeeNo, cardNo, cardType: 'normalCard', ...more } }),
    search: async (more: object = {}) => {
      const CardInfoSearchCond = { searchID: '1', searchResultPosition: 0, maxResults: 30, ...more };
      const { json } = await t.call('POST', `${CARD}/Search`, { CardInfoSearchCond });
      return (json as { CardInfoSearch: { responseStatusStrg: string; CardInfo?: { cardNo: string }[] } })
        .CardInfoSearch;
    },
  };
}

describe('cards', () => {
  it('are written, found and counted', async () => {
    const t = await withPersons();
    expect((await t.add('0001234567')).json).toEqual(sampleJson('ok.json'));
    expect(await t.search()).toEqual({
      searchID: '1',
      responseStatusStrg: 'OK',
      numOfMatches: 1,
      totalMatches: 1,
      CardInfo: [{ employeeNo: '1001', cardNo: '0001234567', cardType: 'normalCard' }],
    });
    expect((await t.call('GET', `${CARD}/Count?format=json&employeeNo=1002`)).json).toEqual(
      sampleJson('cardinfo-count-k1a340.json'),
    );
    expect((await t.call('GET', `${CARD}/Count`)).json).toEqual({ CardInfoCount: { cardNumber: 1 } });
  });

  it('none: NO MATCH without a list', async () => {
    const t = await withPersons();
    expect({ CardInfoSearch: await t.search() }).toEqual(sampleJson('cardinfo-search-no-match-k1a340.json'));
  });

  it('of somebody else are refused as observed', async () => {
    const t = await withPersons();
    await t.add('7', '1002');
    const answer = await t.add('7');
    expect(answer.json).toEqual(sampleJson('error-cardNoAlreadyExist.json'));
    expect(answer.status).toBe(400);
  });

  it.each([
    [{ maxCardsPerPerson: 1 }, 'cardFullPerUser'],
    [{ maxCards: 1 }, 'deviceCardFull'],
  ])('full with %j', async (traits, code) => {
    const t = await withPersons({ traits });
    await t.add('1');
    expect((await t.add('2')).subStatusCode).toBe(code);
  });

  it.each([
    [{}, 'MessageParametersLack', 'CardInfo'],
    [{ CardInfo: [] }, 'badJsonContent', 'CardInfo'],
    [{ CardInfo: { cardNo: '1' } }, 'MessageParametersLack', 'employeeNo'],
    [{ CardInfo: { employeeNo: '1001' } }, 'MessageParametersLack', 'cardNo'],
    [{ CardInfo: { employeeNo: '1001', cardNo: 1 } }, 'badJsonContent', 'cardNo'],
    [{ CardInfo: { employeeNo: '1001', cardNo: '' } }, 'badJsonContent', 'cardNo'],
    [{ CardInfo: { employeeNo: '1001', cardNo: '1'.repeat(21) } }, 'badJsonContent', 'cardNo'],
    [{ CardInfo: { employeeNo: '1001', cardNo: '1', cardType: 'goldCard' } }, 'badJsonContent', 'cardType'],
    [{ CardInfo: { employeeNo: '9999', cardNo: '1' } }, 'employeeNoNotExist', 'employeeNo'],
  ])('%j is %s %s', async (body, code, errorMsg) => {
    const t = await withPersons();
    const answer = await t.call('POST', `${CARD}/Record`, body);
    expect(answer.json).toMatchObject({ subStatusCode: code, errorMsg });
    expect(t.terminal.cards.size).toBe(0);
  });

  it('change by Modify, which adds only when asked', async () => {
    const t = await withPersons();
    const modify = (more: object) =>
      t.call('PUT', `${CARD}/Modify`, {
        CardInfo: { employeeNo: '1001', cardNo: '1', cardType: 'superCard', ...more },
      });
    expect((await modify({})).subStatusCode).toBe('cardNoNotExist');
    expect((await modify({ addCard: true })).status).toBe(200);
    expect((await modify({ cardType: 'patrolCard' })).status).toBe(200);
    expect(t.terminal.cards.get('1')?.cardType).toBe('patrolCard');
    expect((await modify({ employeeNo: '1002' })).subStatusCode).toBe('cardNoAlreadyExist');
  });

  it('SetUp adds, changes and deletes', async () => {
    const t = await withPersons();
    const setUp = (more: object = {}) =>
      t.call('PUT', `${CARD}/SetUp`, { CardInfo: { employeeNo: '1001', cardNo: '1', ...more } });
    expect((await setUp()).status).toBe(200);
    expect((await setUp({ cardType: 'superCard' })).status).toBe(200);
    expect((await setUp({ employeeNo: '1002', deleteCard: true })).subStatusCode).toBe('cardNoAlreadyExist');
    expect((await setUp({ deleteCard: true })).status).toBe(200);
    expect((await setUp({ deleteCard: true })).status).toBe(200);
    expect(t.terminal.cards.size).toBe(0);
  });

  it('are deleted by number and by person', async () => {
    const t = await withPersons();
    await t.add('1');
    await t.add('2');
    await t.add('3', '1002');
    const remove = (CardInfoDelCond: object) => t.call('PUT', `${CARD}/Delete`, { CardInfoDelCond });
    expect((await remove({ CardNoList: [{ cardNo: '1' }, { cardNo: 'none' }] })).status).toBe(200);
    expect(t.terminal.cards.snapshot().map((card) => card.cardNo)).toEqual(['2', '3']);
    expect((await remove({ EmployeeNoList: [{ employeeNo: '1001' }] })).status).toBe(200);
    expect(t.terminal.cards.snapshot().map((card) => card.cardNo)).toEqual(['3']);
    expect((await remove({})).subStatusCode).toBe('MessageParametersLack');
    expect((await t.call('PUT', `${CARD}/Delete`, {})).json).toMatchObject({ errorMsg: 'CardInfoDelCond' });
    const long = Array.from({ length: 31 }, () => ({ cardNo: '3' }));
    expect((await remove({ CardNoList: long })).json).toMatchObject({ errorMsg: 'CardNoList' });
    expect(t.terminal.cards.size).toBe(1);
  });

  it('come in pages, and named', async () => {
    const t = await withPersons({ traits: { maxCardsPerPerson: 255 } });
    for (let index = 1; index <= 5; index += 1) await t.add(String(index), index < 4 ? '1001' : '1002');
    const first = await t.search({ maxResults: 3 });
    expect(first).toMatchObject({ responseStatusStrg: 'MORE', numOfMatches: 3, totalMatches: 5 });
    expect(await t.search({ maxResults: 3, searchResultPosition: 3 })).toMatchObject({
      responseStatusStrg: 'OK',
      numOfMatches: 2,
    });
    const named = await t.search({ EmployeeNoList: [{ employeeNo: '1002' }], CardNoList: [{ cardNo: '1' }] });
    expect(named.CardInfo?.map((card) => card.cardNo)).toEqual(['1', '4', '5']);
  });

  it('go with their person, and show in AcsWorkStatus', async () => {
    const t = await withPersons();
    await t.add('1');
    const cardNum = async () =>
      (
        (await t.call('GET', '/ISAPI/AccessControl/AcsWorkStatus')).json as {
          AcsWorkStatus: { cardNum: number };
        }
      ).AcsWorkStatus.cardNum;
    expect(await cardNum()).toBe(1);
    t.terminal.removePerson('1001');
    expect(await cardNum()).toBe(0);
  });
});
