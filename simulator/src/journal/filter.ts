import type { JournalEntry, JournalFilter } from './journal.ts';

/** Whether an entry fits everything the filter names; `limit` is not looked at. */
export function fitsFilter(entry: JournalEntry, filter: JournalFilter): boolean {
  return (
    (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
    (filter.endpoint === undefined || entry.endpoint === filter.endpoint) &&
    (filter.path === undefined || entry.target.startsWith(filter.path)) &&
    (filter.employeeNo === undefined || entry.employeeNo === filter.employeeNo) &&
    (filter.status === undefined || entry.status === filter.status) &&
    (filter.auth === undefined || entry.auth === filter.auth) &&
    (filter.outcome === undefined || entry.outcome === filter.outcome) &&
    (filter.after === undefined || entry.sequence > filter.after)
  );
}
