import { startPostgres } from '../postgres/start-postgres.ts';

// A program that starts PostgreSQL on the folder it is given and then waits to be killed: for tests of what is left.

const postgres = await startPostgres({ dataDir: process.argv[2] });
process.send?.({ url: postgres.urlOf('postgres') });
process.on('message', () => undefined);
