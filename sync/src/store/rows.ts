/** The border between the Romanian names of the database and the English ones of the code. */
export { addressFromRow, deviceColumns, deviceFromRow } from './rows/device-row.ts';
export {
  BIOMETRICS_COLUMNS,
  EMPLOYEE_COLUMNS,
  employeeFromRows,
  type BiometricsRow,
  type EmployeeRow,
} from './rows/employee-row.ts';
export { lineColumns, lineFromRow } from './rows/line-row.ts';
export {
  LEG_COLUMNS,
  legFromRow,
  progressColumns,
  runFromRows,
  scopeFromColumn,
  type LegRow,
} from './rows/run-row.ts';
export { msToTimestamp, timestampToMs } from './rows/timestamp.ts';
export { PRESENT, trackingColumns, trackingFromRow } from './rows/tracking-row.ts';
