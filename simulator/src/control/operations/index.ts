import type { Operation } from '../operation.ts';
import { aboutOperations } from './about.ts';
import { actionOperations } from './actions.ts';
import { deviceOperations } from './devices.ts';
import { faultOperations } from './faults.ts';
import { journalOperations } from './journal.ts';

/** Every operation of the control API; the router and the OpenAPI document are made from this list. */
export const operations: readonly Operation[] = [
  ...deviceOperations,
  ...faultOperations,
  ...journalOperations,
  ...actionOperations,
  ...aboutOperations,
];
