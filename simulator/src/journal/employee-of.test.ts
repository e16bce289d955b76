import fc from 'fast-check';
import { expect, test } from 'vitest';
import { employeeOf } from './employee-of.ts';

test.each([
  ['/x', '{"UserInfo":{"employeeNo":"1000","name":"x"}}', '1000'],
  ['/x', '{"UserInfo":{"employeeNo": 1000}}', '1000'],
  ['/x', '{"faceLibType":"blackFD","FDID":"1","FPID":"007"}', '007'],
  ['/x', '{"FPID":[{"value":"1001"},{"value":"1002"}]}', '1001'],
  ['/x', '{"UserInfoDelCond":{"EmployeeNoList":[{"employeeNo":"5"}]}}', '5'],
  ['/x', '<UserInfo><employeeNo>12</employeeNo></UserInfo>', '12'],
  ['/x', '<isapi:employeeNo type="s">12</isapi:employeeNo>', '12'],
  ['/x', '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n{"FPID":"9"}\r\n--B\r\n', '9'],
  ['/x?format=json&employeeNo=10%200', '', '10 0'],
  ['/x?FPID=%E0%A4', null, '%E0%A4'],
  ['/x', '{"UserInfoSearchCond":{"searchID":"1"}}', null],
  ['/x', null, null],
])('%s with %s speaks of %s', (target, body, expected) => {
  expect(employeeOf(target, body === null ? null : Buffer.from(body))).toBe(expected);
  expect(employeeOf(target, body)).toBe(expected);
});

test('whatever the id is, it is found as it was meant', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 32 }), (employeeNo) => {
      expect(employeeOf('/x', JSON.stringify({ UserInfo: { employeeNo } }))).toBe(employeeNo);
    }),
  );
});

test('only the beginning of a body is looked at', () => {
  expect(employeeOf('/x', `${' '.repeat(10_000)}{"employeeNo":"1"}`)).toBeNull();
});
