import { type FetchRequest, type PlannedEntry, requestsOf } from "../config/plan.ts";
import type { Problem } from "../fault/fault.ts";
import { failure, type Result } from "../fault/result.ts";
import type { Deadline } from "../host/deadline.ts";
import type { Fetched } from "./decode.ts";
import { groupRequests } from "./group-requests.ts";
import type { Source } from "./source.ts";

/** The result of a request. */
export type FetchResult = Result<Fetched, Problem>;

/** The result of each request, by its key. */
export type Outcomes = ReadonlyMap<string, FetchResult>;

/**
 * Makes all calls at once and waits for all of them, at most until the deadline.
 * `onSlow` is called after one second with the requests that have no response yet.
 */
export async function fetchAll(
  plan: PlannedEntry[],
  source: Source,
  deadline: Deadline,
  onSlow: (waiting: FetchRequest[]) => void,
): Promise<Outcomes> {
  const requests = requestsOf(plan);
  const outcomes = new Map<string, FetchResult>();
  const slow = setTimeout(() => onSlow(requests.filter(({ key }) => !outcomes.has(key))), SLOW_MS);
  const over = startTimeout(deadline);
  await Promise.all(
    groupRequests(requests).map(async (group) => {
      const results = await Promise.race([source(group, deadline), over.result]);
      group.forEach(({ key }, index) => {
        outcomes.set(key, results?.[index] ?? failure(tooLate(deadline)));
      });
    }),
  );
  clearTimeout(slow);
  over.stop();
  return outcomes;
}

const SLOW_MS = 1000;
const MIN_GRACE_MS = 500;

/**
 * For what does not end by itself. A call does, and says why: the grace period, which begins when the deadline is
 * noticed, is for a busy processor.
 */
function startTimeout({ totalMs, remainingMs }: Deadline): { result: Promise<undefined>; stop(): void } {
  const grace = Math.max(MIN_GRACE_MS, totalMs / 10);
  let timer: NodeJS.Timeout | undefined;
  const result = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      timer = setTimeout(resolve, grace, undefined);
    }, remainingMs());
  });
  return { result, stop: () => clearTimeout(timer) };
}

function tooLate({ totalMs }: Deadline): Problem {
  return {
    code: "Timeout",
    cause: `no attempt succeeded within ${totalMs / 1000} s (SECRETS_TIMEOUT)`,
    remedy:
      "Check the AWS Health Dashboard and the account's request quotas, and raise SECRETS_TIMEOUT if it is short.",
  };
}
