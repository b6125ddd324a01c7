import type { Deadline } from "../host/deadline.ts";

/** Why a call may succeed when it is made again. */
export type Retryable = "throttled" | "transient";

/** A call that has failed for good: its last telling error, and how often it was tried. */
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
  /** No pause outlasts it; calls keep to it by themselves. */
  deadline: Deadline;
  /** Undefined for what fails in the same way again. */
  classify(error: unknown): Retryable | undefined;
  /** Hears each error that is followed by another try. */
  onRetry?(error: unknown): void;
};

/**
 * Makes a call until it succeeds, fails for good, or has no time left for another try.
 * Nothing is shared between calls: one that fails takes no try from another. Rejects with a {@link CallFailure}.
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
      // A try that the deadline soon cut off says less than the error before it.
      const isCutOff = isTimeout(error) && performance.now() - started < LONG_TRY_MS;
      if (pauseMs === undefined) throw new CallFailure(isCutOff ? (earlier ?? error) : error, tries);
      earlier = error;
      onRetry?.(error);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/**
 * The pause after this many failures: full jitter, doubling. Undefined where no time is left for another try.
 * Throttling waits longer, as in AWS's SDKs: many environments that start at once then share the quota
 * within the time limit, with less than three calls for each secret (docs/retries.md).
 */
function backoffMs(kind: Retryable, failures: number, deadline: Deadline): number | undefined {
  const { firstMs, maxMs } = BACKOFF[kind];
  const left = deadline.left() - Math.min(LAST_TRY_MS, deadline.totalMs / 10);
  if (left <= 0) return undefined;
  // Timers count whole milliseconds, and drop what is less.
  return Math.ceil(Math.min(left, Math.random() * Math.min(maxMs, firstMs * 2 ** (failures - 1))));
}

/** The longest pauses, after the first failure and after many: their mean is half of it. */
const BACKOFF: Record<Retryable, { firstMs: number; maxMs: number }> = {
  transient: { firstMs: 100, maxMs: 2000 },
  throttled: { firstMs: 2000, maxMs: 4000 },
};

/** What the last try before the deadline is left, for its connection and answer. */
const LAST_TRY_MS = 500;
const LONG_TRY_MS = 1000;

function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === "ETIMEDOUT";
}
