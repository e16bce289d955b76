import { describe } from 'vitest';
import { accessControlSuite } from './access-control.suite.ts';
import { alertStreamSuite } from './alert-stream.suite.ts';
import { authSuite } from './auth.suite.ts';
import { connectionsSuite } from './connections.suite.ts';
import { deviceSuite } from './device.suite.ts';
import { eventsSuite } from './events.suite.ts';
import { faceLibrariesSuite } from './face-libraries.suite.ts';
import { faceRulesSuite } from './face-rules.suite.ts';
import { facesSuite } from './faces.suite.ts';
import { faultWhenSuite } from './fault-when.suite.ts';
import { faultsInsideSuite } from './faults-inside.suite.ts';
import { faultsSuite } from './faults.suite.ts';
import { httpHostsSuite } from './http-hosts.suite.ts';
import { loginLockSuite } from './login-lock.suite.ts';
import { modelsSuite } from './models.suite.ts';
import { pathsSuite } from './paths.suite.ts';
import { personListsSuite } from './person-lists.suite.ts';
import { personRulesSuite } from './person-rules.suite.ts';
import { personsSuite } from './persons.suite.ts';
import { settingsSuite } from './settings.suite.ts';
import type { Way } from './rig.ts';

/** Every suite of rows. A new family of endpoints adds its suite here and is then run by every way. */
const suites: readonly ((way: Way) => void)[] = [
  accessControlSuite,
  alertStreamSuite,
  authSuite,
  connectionsSuite,
  deviceSuite,
  eventsSuite,
  facesSuite,
  faceLibrariesSuite,
  faceRulesSuite,
  faultWhenSuite,
  faultsSuite,
  faultsInsideSuite,
  httpHostsSuite,
  loginLockSuite,
  modelsSuite,
  pathsSuite,
  personsSuite,
  personListsSuite,
  personRulesSuite,
  settingsSuite,
];

/** Runs all rows over each of the ways. */
export function forEachWay(ways: readonly Way[]): void {
  describe.each(ways.map((way) => ({ way, name: way.name })))('$name', ({ way }) => {
    for (const suite of suites) suite(way);
  });
}
