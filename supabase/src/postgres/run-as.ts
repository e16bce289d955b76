import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StackError } from '../stack-error.ts';

/** The user PostgreSQL runs as. It refuses to run as root, so root hands it to somebody else. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** Tried in this order: a machine with PostgreSQL has the first, every Linux the second. */
const CANDIDATES = ['postgres', 'nobody'];

/** Null: run as the current user. Root needs an account from /etc/passwd, which initdb looks up by number. */
export function chooseRunAs(
  currentUid = process.getuid?.() ?? -1,
  passwd: () => string = () => readFileSync('/etc/passwd', 'utf8'),
): RunAs | null {
  if (currentUid !== 0) return null;
  const lines = passwd().split('\n');
  for (const name of CANDIDATES) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StackError(
    'user_missing',
    `PostgreSQL cannot run as root and none of the users ${CANDIDATES.join(', ')} exists. ` +
      'Create one (useradd --system postgres), or run this as an ordinary user.',
  );
}

/** Whether a user may pass through a folder, by its owner, group and mode alone (no ACL). */
export function mayEnter(folder: { uid: number; gid: number; mode: number }, user: RunAs): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}

/** Whether a user reaches a folder through all the folders above it. The folder itself exists. */
export async function canReach(folder: string, user: RunAs | null): Promise<boolean> {
  if (user === null) return true;
  for (let path = folder; ; path = dirname(path)) {
    if (!mayEnter(await stat(path), user)) return false;
    if (path === dirname(path)) return true;
  }
}
