/** A point in time by which everything must be done. */
export type Deadline = {
  /** The total time, in milliseconds. */
  totalMs: number;
  /** Milliseconds left, at least 0. */
  remainingMs(): number;
};

export function startDeadline(totalMs: number): Deadline {
  const end = performance.now() + totalMs;
  return { totalMs, remainingMs: () => Math.max(0, end - performance.now()) };
}
