/** A figure of a run that went wrong would be worth nothing. */
export function expectCompleted(run: {
  status: string;
  code?: string | undefined;
  detail?: string | undefined;
  errors?: { message: string }[];
}): void {
  if (run.status === 'completed') return;
  const why = run.errors?.[0]?.message ?? run.detail ?? 'no reason given';
  throw new Error(`The benched run ended as ${run.status}: ${why}`);
}
