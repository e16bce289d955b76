import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multipart } from '../../../conformance/rig.ts';
import { boundaryOf, readMultipart } from './multipart.ts';

const boundary = 'BOUNDARY';
const read = (text: string) => readMultipart(Buffer.from(text), boundary);

describe('readMultipart', () => {
  it('gives back any parts in order, whatever their bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 8 }), (bodies) => {
        const { body, contentType } = multipart(
          bodies.map((bytes, index) => ({ name: `part${index}`, data: Buffer.from(bytes) })),
        );
        const parts = readMultipart(body, boundaryOf(contentType) ?? '');
        expect(parts?.map((part) => [part.name, [...part.body]])).toEqual(
          bodies.map((bytes, index) => [`part${index}`, [...bytes]]),
        );
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      '--BOUNDARY',
      '\r\n',
      '\r\n\r\n',
      '--',
      'Content-Disposition: form-data;',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(() => read(pieces.join(''))).not.toThrow();
      }),
    );
  });

  it('reads names, file names and types, quoted or bare, in any case', () => {
    const [part] =
      read(
        '--BOUNDARY\r\nCONTENT-DISPOSITION: form-data; filename="a;b.jpg"; name=img\r\n' +
          'Content-Type: IMAGE/JPEG; x=y\r\n\r\nbytes\r\n--BOUNDARY--',
      ) ?? [];
    expect(part).toMatchObject({ name: 'img', filename: 'a;b.jpg', contentType: 'image/jpeg' });
  });

  it('takes a preamble', () => {
    expect(read('hello\r\n--BOUNDARY\r\n\r\n\r\nx\r\n--BOUNDARY--')).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['no end', '--BOUNDARY\r\n\r\n\r\nx\r\n--BOUNDARY'],
    ['a part cut off', '--BOUNDARY\r\n\r\n\r\nx'],
    ['a head without end', '--BOUNDARY\r\nContent-Type: a/b\r\n'],
    ['the boundary within a line', 'x--BOUNDARY\r\n\r\n\r\nx\r\n--BOUNDARY--'],
    ['nine parts', `${'--BOUNDARY\r\n\r\n\r\nx\r\n'.repeat(9)}--BOUNDARY--`],
  ])('is null for %s', (_, text) => {
    expect(read(text)).toBeNull();
  });
});

describe('boundaryOf', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; boundary="a b"', 'a b'],
    ['multipart/form-data', null],
    ['multipart/mixed; boundary=abc', null],
    ['application/json', null],
    [`multipart/form-data; boundary=${'x'.repeat(201)}`, null],
    [undefined, null],
  ])('%s → %s', (contentType, expected) => {
    expect(boundaryOf(contentType)).toBe(expected);
  });
});
