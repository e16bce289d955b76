/** Ids that read well in a failing test. */
export const employeeId = (n: number): string => `00000000-0000-4000-8000-0000000000e${n}`;
export const deviceId = (n: number): string => `00000000-0000-4000-8000-0000000000d${n}`;
export const NOBODY = '00000000-0000-4000-8000-00000000dead';
export const SITE = '00000000-0000-4000-8000-000000000051';
