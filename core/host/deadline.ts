/** A point in time that everything has to be done by. */
export type Deadline = {
  /** The time allowed in all, in milliseconds. */
  totalMs: number;
  /** Milliseconds left, 0 at the least. */
  left(): number;
};

export function startDeadline(totalMs: number): Deadline {
  const end = performance.now() + totalMs;
  return { totalMs, left: () => Math.max(0, end - performance.now()) };
}
