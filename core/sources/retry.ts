import type { Deadline } from "../host/deadline.ts";

/** Why a call may succeed when retried. */
export type Retryable = "throttled" | "transient";

/** A call that has finally failed: its last meaningful error, and the number of attempts. */
export class CallFailure extends Error {
  override name = "CallFailure" as const;

  constructor(
    override readonly cause: unknown,
    readonly tries: number,
  ) {
    super("the call has failed");
  }
}

export type RetryOptions = {
  /** No pause lasts beyond it; the calls enforce it themselves. */
  deadline: Deadline;
  /** Undefined for errors that a retry does not change. */
  classify(error: unknown): Retryable | undefined;
  /** Called with each error that is followed by another attempt, before the pause. */
  onRetry?(error: unknown): Promise<void>;
};

/**
 * Makes a call until it succeeds, fails permanently, or has no time left for another attempt.
 * Calls share no retry budget. Rejects with a {@link CallFailure}.
 */
export async function retry<T>(call: () => Promise<T>, { deadline, classify, onRetry }: RetryOptions): Promise<T> {
  let earlier: unknown;
  for (let tries = 1; ; tries++) {
    const started = performance.now();
    try {
      return await call();
    } catch (error) {
      const kind = classify(error);
      const pauseMs = kind && backoffMs(kind, tries, deadline);
      // An attempt that the deadline soon cut off says less than the error before it.
      const isCutOff = isTimeout(error) && performance.now() - started < LONG_TRY_MS;
      if (pauseMs === undefined) throw new CallFailure(isCutOff ? (earlier ?? error) : error, tries);
      earlier = error;
      await onRetry?.(error);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/**
 * The pause after this many failures: full jitter, doubling. Undefined if no time is left for another attempt.
 * Throttling waits longer, as in AWS's SDKs: many environments that start at once then share the quota
 * within the time limit, with fewer than three calls per secret (docs/retries.md).
 */
function backoffMs(kind: Retryable, failures: number, deadline: Deadline): number | undefined {
  const { firstMs, maxMs } = BACKOFF[kind];
  const left = deadline.remainingMs() - Math.min(LAST_TRY_MS, deadline.totalMs / 10);
  if (left <= 0) return undefined;
  // Timers count whole milliseconds and truncate fractions.
  return Math.ceil(Math.min(left, Math.random() * Math.min(maxMs, firstMs * 2 ** (failures - 1))));
}

/** The maximum pause after the first failure and after many failures; the mean is half of it. */
const BACKOFF: Record<Retryable, { firstMs: number; maxMs: number }> = {
  transient: { firstMs: 100, maxMs: 2000 },
  throttled: { firstMs: 2000, maxMs: 4000 },
};

/** Time reserved for the last attempt before the deadline. */
const LAST_TRY_MS = 500;
const LONG_TRY_MS = 1000;

function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === "ETIMEDOUT";
}
