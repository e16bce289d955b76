import type { StackErrorCode } from '../stack-error.ts';
import type { ProjectKeys } from './keys.ts';

/** What the parent tells the child, once. */
export interface StartMessage {
  dataDir: string;
  port: number;
  /** Nobody keeps it: removed at the end, and written without waiting for the disk. */
  temporary: boolean;
}

/** What the child answers. Secrets travel here, not in arguments or the environment, which others can list. */
export type ChildMessage =
  | ({ type: 'ready'; url: string; databaseUrl: string } & ProjectKeys)
  | { type: 'failed'; code: StackErrorCode; message: string };

export function isStartMessage(value: unknown): value is StartMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dataDir' in value &&
    'port' in value &&
    'temporary' in value
  );
}

export function isChildMessage(value: unknown): value is ChildMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    (value.type === 'ready' || value.type === 'failed')
  );
}
