/** Supabase gives at most 1,000 rows per answer, as configured for every project by default. */
export const MAX_ROWS = 1_000;
/** Ids in one `in (…)`: the filter travels in the URL, and 8 KiB is what proxies allow. */
export const MAX_IDS_IN_FILTER = 100;
/** More pages than this is a loop that does not advance. */
const MAX_PAGES = 10_000;

export function chunks<Value>(values: readonly Value[], size: number): Value[][] {
  const parts: Value[][] = [];
  for (let start = 0; start < values.length; start += size) parts.push(values.slice(start, start + size));
  return parts;
}

/** All rows, page by page by key. `readAfter` gives at most `MAX_ROWS` rows that follow the given one, in order. */
export async function readAll<Row>(readAfter: (last: Row | null) => Promise<Row[]>): Promise<Row[]> {
  const all: Row[] = [];
  let last: Row | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const rows: Row[] = await readAfter(last);
    all.push(...rows);
    last = rows.at(-1) ?? null;
    if (last === null || rows.length < MAX_ROWS) return all;
  }
  throw new Error(`More than ${MAX_PAGES} pages were read: the key of the pages does not advance.`);
}

/** One page from at most `limit + 1` rows: the one too many tells that there is more. */
export function cutPage<Row>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => number,
): { rows: Row[]; next: number | null } {
  const cut = rows.slice(0, limit);
  const last = cut.at(-1);
  return { rows: cut, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
