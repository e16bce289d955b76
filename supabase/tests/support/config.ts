/** Whose PostgreSQL the tests run on: SQL_POSTGRES, `npm` (the one that npm installed) when it is not set. */
export const postgresOrigin = readOrigin(process.env.SQL_POSTGRES);

function readOrigin(value = 'npm'): 'npm' | 'debian' {
  if (value === 'npm' || value === 'debian') return value;
  throw new Error(`SQL_POSTGRES is "${value}"; it takes npm or debian.`);
}
