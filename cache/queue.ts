/** Runs what is given to it at once, or when it is its turn. */
export type Queue = <T>(act: () => Promise<T>) => Promise<T>;

/** Lets so many run at a time. */
export function createQueue(limit: number): Queue {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await act();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
