export type StackErrorCode =
  | 'folder_unusable'
  | 'folder_in_use'
  | 'folder_wrong_version'
  | 'port_taken'
  | 'user_missing'
  | 'settings_wrong'
  | 'platform_unsupported'
  | 'start_failed'
  | 'stop_failed';

/** The local database or Supabase cannot start or stop. The message says why and what to do. */
export class StackError extends Error {
  readonly code: StackErrorCode;

  constructor(code: StackErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StackError';
    this.code = code;
  }
}

/** The text of whatever was thrown: some libraries reject with `undefined`. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : typeof error === 'string' ? error : 'no reason given';
}

/** `ENOENT` and the like of a failed system call; null for any other error. */
export function systemCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
