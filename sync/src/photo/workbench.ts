/** At most `places` pieces of work at once, in the order in which they came. */
export type Workbench = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function createWorkbench(places: number): Workbench {
  let free = places;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else {
      await new Promise<void>((resolve) => {
        queue.push(resolve);
      });
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free++;
    }
  };
}
