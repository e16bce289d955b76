import type { Clock } from '../../clock.ts';
import type { Employee } from '../../model/employee.ts';
import type { Page, Store } from '../../store/store.ts';

/** Numbers in one question; a longer list waits for the next one. */
const MAX_ASKED = 200;
/** Pages kept for lanes that come a little later: they walk through the same employees side by side. */
const MAX_PAGES = 8;

/**
 * Employees for all lanes of an engine. Lanes go through the same people at the same time: what one asks, others
 * wait for, so that the number of questions grows with the employees and not with the pairs.
 */
export interface EmployeeDesk {
  /** As the database has the employee now; null when nobody has the number. */
  fresh(employeeNo: number): Promise<Employee | null>;
  /** Active employees after a number, read no earlier than `notBeforeMs`: a run sees at least what it was asked for. */
  page(after: number | null, limit: number, notBeforeMs: number): Promise<Page<Employee>>;
}

interface KeptPage {
  askedAtMs: number;
  page: Promise<Page<Employee>>;
}

export function createEmployeeDesk(store: Store, clock: Clock): EmployeeDesk {
  let waiting = new Map<
    number,
    { resolve: (one: Employee | null) => void; reject: (error: unknown) => void }[]
  >();
  let asking = false;
  const pages = new Map<string, KeptPage>();

  async function askAll(): Promise<void> {
    asking = true;
    // Whoever comes in the same turn shares the question.
    await Promise.resolve();
    while (waiting.size > 0) {
      const taken = [...waiting].slice(0, MAX_ASKED);
      waiting = new Map([...waiting].slice(MAX_ASKED));
      try {
        const found = await store.readEmployeesByNumber(taken.map(([employeeNo]) => employeeNo));
        const byNumber = new Map(found.map((one) => [one.employeeNo, one]));
        for (const [employeeNo, askers] of taken)
          for (const { resolve } of askers) resolve(byNumber.get(employeeNo) ?? null);
      } catch (error) {
        for (const [, askers] of taken) for (const { reject } of askers) reject(error);
      }
    }
    asking = false;
  }

  return {
    fresh: (employeeNo) =>
      new Promise((resolve, reject) => {
        const askers = waiting.get(employeeNo) ?? [];
        askers.push({ resolve, reject });
        waiting.set(employeeNo, askers);
        if (!asking) void askAll();
      }),

    page(after, limit, notBeforeMs) {
      const key = `${after ?? ''}|${limit}`;
      const kept = pages.get(key);
      if (kept !== undefined && kept.askedAtMs >= notBeforeMs) return kept.page;
      const page = store.readActiveEmployees(after, limit);
      pages.delete(key);
      pages.set(key, { askedAtMs: clock.now(), page });
      for (const [oldest] of pages) {
        if (pages.size <= MAX_PAGES) break;
        pages.delete(oldest);
      }
      // A question that failed is not an answer for others.
      page.catch(() => {
        if (pages.get(key)?.page === page) pages.delete(key);
      });
      return page;
    },
  };
}
