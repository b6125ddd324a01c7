import { StandardRetryStrategy } from "@smithy/core/retry";
import { startDeadline } from "../../core/host/deadline.ts";
import { retry } from "../../core/sources/retry.ts";
import { isThrottling, retryableError } from "../../core/sources/retryable.ts";

/** Makes the function that one environment makes its calls with; it rejects for a call that is given up. */
export type Strategy = { name: string; start(): (call: () => Promise<void>) => Promise<void> };

/** The program's own retries, with SECRETS_TIMEOUT's default. */
export const OWN: Strategy = {
  name: "secrets-wrapper",
  start() {
    const deadline = startDeadline(5000);
    return (call) => retry(call, { deadline, classify: retryableError });
  },
};

/** The SDK's standard mode, as every client of it has it unless it is configured otherwise. */
export const SDK: Strategy = {
  name: "SDK, standard mode",
  start() {
    const strategy = new StandardRetryStrategy(3);
    return async (call) => {
      let token = await strategy.acquireInitialRetryToken("");
      for (;;) {
        try {
          await call();
          return strategy.recordSuccess(token);
        } catch (error) {
          const errorType = isThrottling(error) ? "THROTTLING" : "TRANSIENT";
          // Rejects where the tries or the client's shared budget are spent; waits by itself otherwise.
          token = await strategy.refreshRetryTokenForRetry(token, { errorType });
        }
      }
    };
  },
};
