import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyText, maskSecrets, MAX_BODY_CHARS } from './body-text.ts';

const SECRET = 'Parola-123';

describe('secrets', () => {
  test.each([
    [`{"UserInfo":{"employeeNo":"1","password":"${SECRET}","name":"x"}}`],
    [`{"password" : "${SECRET}"}`],
    [`{"Password":"${SECRET}\\"${SECRET}"}`],
    ['{"password":123456}'],
    [`{"password":"${SECRET}`],
    [`<User><password>${SECRET}</password><userName>admin</userName></User>`],
    [`<ns:password opt="x">${SECRET}</ns:password>`],
    [`<loginPassword>${SECRET}`],
    [`userName=admin&password=${SECRET}`],
    [`/ISAPI/x?token=${SECRET}&format=json`],
  ])('%s', (text) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(SECRET);
    expect(masked).not.toContain('123456');
    expect(masked).toContain('***');
  });

  test('a secret that the shortening cuts in two does not show', () => {
    const before = `{"filler":"${'f'.repeat(MAX_BODY_CHARS - 30)}","password":"`;
    const text = bodyText(Buffer.from(`${before}${SECRET.repeat(10)}"}`), 'application/json') ?? '';
    expect(text).not.toContain(SECRET.slice(0, 4));
  });

  test('other fields stay as they are', () => {
    const text = '{"employeeNo":"1000","passwordless":"no","name":"Popescu"}';
    expect(maskSecrets(text)).toBe(text);
  });

  test('whatever the password is, JSON with it does not show it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40 }), (password) => {
        fc.pre(!'{"UserInfo":{"password":"***","employeeNo":"7"}}'.includes(password));
        const written = JSON.stringify(password).slice(1, -1);
        const text = bodyText(
          JSON.stringify({ UserInfo: { password, employeeNo: '7' } }),
          'application/json',
        );
        expect(text).not.toContain(written);
        expect(text).toContain('"employeeNo":"7"');
      }),
    );
  });
});

describe('what is kept', () => {
  test('nothing of nothing', () => {
    expect(bodyText(null, undefined)).toBeNull();
    expect(bodyText('', 'text/plain')).toBeNull();
    expect(bodyText(Buffer.alloc(0), undefined)).toBeNull();
  });

  test('long text is cut and says how long it was', () => {
    const text = bodyText(Buffer.from('ă'.repeat(5000)), 'text/plain') ?? '';
    expect(text.length).toBeLessThan(MAX_BODY_CHARS + 50);
    expect(text).toContain('[10000 bytes in all]');
  });

  test('a picture is its size', () => {
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.alloc(5000)]);
    expect(bodyText(jpeg, 'image/jpeg')).toBe('[image/jpeg, 5006 bytes]');
    expect(bodyText(jpeg, undefined)).toBe('[data, 5006 bytes]');
  });

  test('of a face upload the JSON is kept, the picture is its size', () => {
    const body = Buffer.concat([
      Buffer.from(
        '--B1\r\nContent-Disposition: form-data; name="FaceDataRecord"\r\nContent-Type: application/json\r\n\r\n' +
          '{"faceLibType":"blackFD","FDID":"1","FPID":"1000"}\r\n--B1\r\n' +
          'Content-Disposition: form-data; name="img"; filename="1000.jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
      ),
      Buffer.from([0xff, 0xd8, 0xff, 0]),
      Buffer.alloc(100),
      Buffer.from('\r\n--B1--\r\n'),
    ]);
    const text = bodyText(body, 'multipart/form-data; boundary=B1') ?? '';
    expect(text).toContain('"FPID":"1000"');
    expect(text).toContain('[image/jpeg, 104 bytes]');
    expect(text.length).toBeLessThan(500);
  });

  test('no bytes and no Content-Type make it fail or grow', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6000 }), fc.string({ maxLength: 60 }), (bytes, boundary) => {
        const text = bodyText(Buffer.from(bytes), `multipart/form-data; boundary=${boundary}`) ?? '';
        expect(text.length).toBeLessThanOrEqual(2 * MAX_BODY_CHARS);
      }),
    );
  });
});
