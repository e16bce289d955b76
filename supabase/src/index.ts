export {
  startLocalSupabase,
  type LocalSupabase,
  type LocalSupabaseOptions,
} from './local/start-local-supabase.ts';
export { startPostgres, type LocalPostgres, type PostgresOptions } from './postgres/start-postgres.ts';
export { issueToken, type TokenOptions } from './issue-token.ts';
export { StackError, type StackErrorCode } from './stack-error.ts';
export type { Database, Json } from './database.types.ts';
