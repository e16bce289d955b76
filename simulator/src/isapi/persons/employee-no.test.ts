import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODIFY, RECORD, SEARCH, searchFor, userInfo } from '../testing/requests.ts';
import { testTerminal } from '../testing/test-terminal.ts';

/** Any text; what a terminal takes of it is for the property to say. */
const anyId = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^0{0,4}[0-9]{1,6}$/),
  fc.string({ unit: 'binary', maxLength: 34 }),
);

describe('employeeNo', () => {
  it('of 1 to 32 printable bytes is kept to the byte, anything else leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(anyId, async (employeeNo) => {
        const { call, terminal } = testTerminal();
        const answer = await call('POST', RECORD, userInfo(employeeNo));
        const bytes = Buffer.byteLength(employeeNo);
        const fits = bytes >= 1 && bytes <= 32 && !/[\p{Cc}\p{Surrogate}]/u.test(employeeNo);
        expect(answer.status).toBe(fits ? 200 : 400);
        expect(Array.from(terminal.persons, (person) => person.employeeNo)).toEqual(fits ? [employeeNo] : []);
      }),
      { numRuns: 300 },
    );
  });

  it('tells persons apart exactly as text does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.stringMatching(/^[0aA1]{1,4}$/), { minLength: 1, maxLength: 12 }),
        async (employeeNos) => {
          const { call } = testTerminal();
          for (const employeeNo of employeeNos)
            expect((await call('POST', RECORD, userInfo(employeeNo, { name: employeeNo }))).status).toBe(200);
          for (const employeeNo of employeeNos) {
            await call('PUT', MODIFY, { UserInfo: { employeeNo, name: `${employeeNo}!` } });
            const { json } = await call('POST', SEARCH, searchFor({ EmployeeNoList: [{ employeeNo }] }));
            expect(json).toMatchObject({
              UserInfoSearch: { totalMatches: 1, UserInfo: [{ employeeNo, name: `${employeeNo}!` }] },
            });
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
