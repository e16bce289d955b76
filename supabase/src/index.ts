export type { Database, Json } from './database.types.ts';
