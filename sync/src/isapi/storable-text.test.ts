import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIdentity } from './operations/read-identity.ts';
import { searchPersons } from './operations/search-persons.ts';
import { redactAnswer } from './redact-answer.ts';
import { storableText } from './storable-text.ts';

const answer = (text: string) => ({ status: 200, contentType: '', body: Buffer.from(text) });

test('whatever a device sends, the database takes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), fc.nat(600), (text, cut) => {
      // Half of a character too.
      const stored = storableText(text.slice(cut) + text.slice(0, 1));
      expect(stored).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      expect(stored.length).toBeLessThanOrEqual(500);
    }),
  );
  expect(storableText('\ud83d Poarta')).toBe('\ufffd Poarta');
  expect(storableText('Șantier, poarta 1 – 東')).toBe('Șantier, poarta 1 – 東');
});

describe('a firmware that pads its fields with NUL', () => {
  test('has a serial number, model and firmware all the same', () => {
    const { value } = readIdentity.read(
      answer(
        '<DeviceInfo><model>DS-K1T\0</model><serialNumber>ABC123\0\0</serialNumber><firmwareVersion>V1\0</firmwareVersion></DeviceInfo>',
      ),
    );
    expect(value).toEqual({ serialNumber: 'ABC123', model: 'DS-K1T', firmware: 'V1' });
  });

  test('that has nothing but padding has no serial number', () => {
    const { value } = readIdentity.read(
      answer('<DeviceInfo><serialNumber>\0\0\0</serialNumber></DeviceInfo>'),
    );
    expect(value).toBeNull();
  });

  test('has persons with names and numbers', () => {
    const page = {
      UserInfoSearch: {
        responseStatusStrg: 'OK',
        totalMatches: 1,
        UserInfo: [{ employeeNo: '1000\0', name: 'Popescu Ion\0\0\ud83d' }],
      },
    };
    const operation = searchPersons({ searchId: 's', employeeNos: [], position: 0, pageSize: 30 });
    expect(operation.read(answer(JSON.stringify(page))).value!.persons[0]).toMatchObject({
      employeeNo: '1000',
      name: 'Popescu Ion\ufffd',
    });
  });
});

test('a raw answer that is cut in the middle of a character can be stored', () => {
  const raw = redactAnswer(Buffer.from(`${'x'.repeat(298)}😀 and more`));
  expect(raw).not.toMatch(/\p{Cs}/u);
  expect(raw.length).toBeLessThanOrEqual(300);
});
