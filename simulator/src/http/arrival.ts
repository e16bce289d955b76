import type { JournalEntry } from '../journal/journal.ts';
import type { Account } from '../terminal/accounts.ts';
import type { RequestHead } from './exchange.ts';
import type { Target } from './target.ts';

/** A request that has reached the terminal, and what is known of it so far. */
export interface Arrival {
  head: RequestHead;
  target: Target;
  entry: JournalEntry;
  /** Null: nobody has logged in. */
  account: Account | null;
  /** Of the power cycle it arrived in: aborted, the terminal that took the request is gone. */
  signal: AbortSignal;
}
