/** What a start that failed should say: a port or a folder in use is no mistake of this program, and needs no stack. */
export function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForPeople = error.name === 'Error' || 'code' in error;
  return isForPeople ? error.message : (error.stack ?? error.message);
}
