import type { RetryStrategyV2, RetryToken } from "@smithy/types";

/** One attempt: callers retry themselves. */
export const NO_RETRIES: RetryStrategyV2 = {
  acquireInitialRetryToken: async () => TOKEN,
  refreshRetryTokenForRetry: () => Promise.reject(new Error("no retries")),
  recordSuccess() {},
};

const TOKEN: RetryToken = { getRetryCount: () => 0, getRetryDelay: () => 0 };
