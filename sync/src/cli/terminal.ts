/** Where a command writes and what it learns from outside; tests give their own. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Progress and notes: never mixed into results. */
  note(text: string): void;
  /** Notes may be overwritten in place. */
  interactive: boolean;
  environment: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user presses Ctrl-C or the process is asked to end. */
  interrupted: AbortSignal;
}
