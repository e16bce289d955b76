import type { FleetOptions } from '@pontaj/simulator';

export const TERMINALS = 1000;
export const PERSONS = 1000;

/** The fleet whose size and start are measured: every terminal with its own persons. */
export function fleetOptions(): FleetOptions {
  return {
    devices: Array.from({ length: TERMINALS }, (_, terminal) => ({
      persons: Array.from({ length: PERSONS }, (_, person) => ({
        employeeNo: String(1000 + person),
        name: `Popescu Ion ${terminal}-${person}`,
      })),
    })),
  };
}
