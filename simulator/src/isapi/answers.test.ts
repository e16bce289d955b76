import { describe, expect, it } from 'vitest';
import { builtInProfiles } from '../profiles/built-in.ts';
import { traitsOf } from '../profiles/profile.ts';
import { httpStatusOf, methodNotAllowed, responseStatus, statusFor, xmlStatus } from './answers.ts';
import { codes } from './catalogue.ts';
import { sampleText } from './testing/samples.ts';

const traits = traitsOf(builtInProfiles.get('generic')!);
const asking = (query: string) => ({ query: new URLSearchParams(query) });

describe('responseStatus', () => {
  it('has a statusCode and its words for every code of the catalogue', () => {
    for (const [code, number] of Object.entries(codes)) {
      const status = responseStatus(code);
      expect(status).toMatchObject({ subStatusCode: code, errorCode: number, errorMsg: code });
      expect(status.statusCode).toBe(Number.parseInt(number.toString(16).charAt(0), 16));
      expect(status.statusString).toMatch(/^(Device|Invalid|Reboot|Batch) [A-Z][a-z]+$/);
    }
  });

  it("has the numbers of the vendor's dictionary", () => {
    const dictionary = new Map<string, number[]>();
    for (const line of sampleText('error-codes-selected.tsv').trim().split('\n').slice(1)) {
      const [, , name = '', , decimal] = line.split('\t');
      dictionary.set(name, [...(dictionary.get(name) ?? []), Number(decimal)]);
    }
    const others = Object.entries(codes).filter(([code, number]) => !dictionary.get(code)?.includes(number));
    // The selection leaves these out; their numbers stand in other documents of the vendor.
    expect(others.map(([code]) => code).sort()).toEqual([
      'SessionExpired',
      'deviceAckTimeOut',
      'fileSizeExceedError',
      'invalidSearchConditions',
      'loginNumExceedLimit',
      'nameContainsInvalidCharcters',
      'nameIsOverlong',
      'planNumberOverlap',
      'sesssionUserReachesLimit',
      'unsupportedImageFormat',
      'userNameLocked',
    ]);
  });

  it('gives an unknown code without a number', () => {
    expect(responseStatus('userInfoFull')).toEqual({
      statusCode: 4,
      statusString: 'Invalid Operation',
      subStatusCode: 'userInfoFull',
      errorMsg: 'userInfoFull',
    });
    expect(responseStatus('constructor').errorCode).toBeUndefined();
  });
});

describe('httpStatusOf', () => {
  it.each([
    ['ok', 200],
    ['deviceBusy', 400],
    ['employeeNoAlreadyExist', 400],
    ['invalidID', 400],
    ['badJsonFormat', 400],
    ['methodNotAllowed', 405],
    ['lowPrivilege', 403],
    ['notActivated', 403],
    ['notSupport', 403],
    ['rebootRequired', 200],
    ['somethingNew', 400],
  ])('%s → %i', (code, status) => {
    expect(httpStatusOf(code, traits)).toBe(status);
  });

  it('follows the model', () => {
    expect(httpStatusOf('notSupport', { ...traits, notSupportStatus: 200 })).toBe(200);
    expect(httpStatusOf('notActivated', { ...traits, notActivatedStatus: 401 })).toBe(401);
  });
});

describe('statusFor', () => {
  it('answers in the form that was asked for', () => {
    expect(statusFor(asking('format=json'), traits, 'deviceBusy').contentType).toContain('json');
    expect(statusFor(asking(''), traits, 'deviceBusy').contentType).toBe('application/xml; charset="UTF-8"');
    expect(statusFor(asking('format=JSON'), traits, 'deviceBusy').contentType).toContain('xml');
  });
});

describe('xmlStatus', () => {
  it('has number and field when a field is named, escaped', () => {
    const { body } = xmlStatus(traits, 'badXmlContent', { errorMsg: 'a<b & "c"' });
    expect(body).toContain(
      '<errorCode>1610612739</errorCode>\n<errorMsg>a&lt;b &amp; &quot;c&quot;</errorMsg>',
    );
  });

  it('speaks the old way on firmware with version 1.0 documents', () => {
    const old = traitsOf(builtInProfiles.get('ds-k1t341cmf')!);
    const { body } = xmlStatus(old, 'badXmlContent');
    expect(body).toContain('<ResponseStatus version="1.0" xmlns="http://www.hikvision.com/ver10/XMLSchema">');
    expect(body).toContain('<statusString>Invalid XML Content</statusString>');
  });
});

describe('methodNotAllowed', () => {
  it('is 405, or 404 on a K1A340', () => {
    expect(methodNotAllowed(asking('format=json'), traits).status).toBe(405);
    const k1a340 = traitsOf(builtInProfiles.get('ds-k1a340')!);
    expect(methodNotAllowed(asking('format=json'), k1a340)).toMatchObject({
      status: 404,
      subStatusCode: 'notSupport',
    });
  });
});
