import type { Deadline } from "./deadline.ts";
import type { Fetched } from "./decode.ts";
import type { Cause } from "./fault.ts";
import type { Fetch, Planned } from "./plan.ts";
import type { Source } from "./source.ts";
import type { Outcomes } from "./variables.ts";

/**
 * Makes all calls at once and waits for all, to the deadline at the most.
 * `onSlow` hears after one second which calls have had no answer.
 */
export async function fetchAll(
  plan: Planned[],
  source: Source,
  deadline: Deadline,
  onSlow: (waiting: Fetch[]) => void,
): Promise<Outcomes> {
  const fetches = [...new Set(plan.map(({ fetch }) => fetch))];
  const outcomes = new Map<Fetch, Fetched | Cause>();
  const slow = setTimeout(() => onSlow(fetches.filter((fetch) => !outcomes.has(fetch))), SLOW_MS);
  const over = timeout(deadline);
  await Promise.all(
    fetches.map(async (fetch) => {
      outcomes.set(fetch, await Promise.race([source(fetch), over]));
    }),
  );
  clearTimeout(slow);
  return outcomes;
}

const SLOW_MS = 1000;

/** For what a request's own time limit does not cover, such as the pause before another try. */
function timeout({ totalMs, left }: Deadline): Promise<Cause> {
  const cause: Cause = {
    code: "Timeout",
    cause: `no try succeeded within ${totalMs / 1000} s (SECRETS_TIMEOUT)`,
    remedy: "Look at the AWS Health Dashboard, and at the account's quota of calls; SECRETS_TIMEOUT gives more time.",
  };
  // A request that runs out of time says itself where it stood, and has some time for that from when this process,
  // on a small function's share of a processor, is at the deadline.
  const grace = Math.max(20, totalMs / 20);
  return new Promise((resolve) => setTimeout(() => setTimeout(() => resolve(cause), grace), left()));
}
