import { expect, test } from 'vitest';
import { router } from '../isapi/endpoints.ts';
import { checkEndpoints } from './check-endpoints.ts';
import { expandFaults } from './expand-faults.ts';
import { packagedSets } from './packaged-sets.ts';

const names = router.endpoints.map(({ name }) => name);
const check = (endpoint: string | string[]) => {
  checkEndpoints(expandFaults([{ when: { endpoint }, what: { kind: 'busy' } }]), names);
};

test('names, beginnings of names and everything are known', () => {
  check('person-record');
  check('person-*');
  check(['face-record', '*']);
});

test('a name that nothing has is met with the nearest', () => {
  expect(() => {
    check('person-recrod');
  }).toThrow(/no endpoint "person-recrod"; did you mean "person-record"/);
  expect(() => {
    check(['person-record', 'nothing-*']);
  }).toThrow(/no endpoint "nothing-\*"/);
});

test.each(packagedSets.map(({ name }) => name))('%s speaks of endpoints that exist', (name) => {
  checkEndpoints(expandFaults([name]), names);
});
