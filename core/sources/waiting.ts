import type { FetchRequest, PlannedEntry } from "../config/plan.ts";
import { endpointOf, serviceOf } from "../config/service.ts";
import type { Problem } from "../fault/fault.ts";

/**
 * For the log after one second, in case Lambda ends the process before the deadline does: one line for each
 * service and Region. `failures`: the last error of each, by {@link endpointOf}.
 */
export function describeWaiting(
  waiting: FetchRequest[],
  plan: PlannedEntry[],
  failures: ReadonlyMap<string, Problem>,
): string[] {
  const endpoints = new Map<string, Set<FetchRequest>>();
  for (const request of waiting) {
    const fetches = endpoints.get(endpointOf(request)) ?? new Set();
    endpoints.set(endpointOf(request), fetches.add(request));
  }
  return [...endpoints].map(([endpoint, fetches]) => {
    const entries = plan.filter(({ request }) => fetches.has(request)).map(({ entry }) => entry.subject);
    const failure = failures.get(endpoint);
    const [{ prefix }] = [...fetches].map(serviceOf) as [ReturnType<typeof serviceOf>];
    return `${endpoint} ${failure ? describeFailure(failure) : describeSilence(prefix)} Waiting for ${list(entries)}.`;
  });
}

function describeFailure({ cause }: Problem): string {
  return `has given no usable response for one second (${cause}). The calls are retried until SECRETS_TIMEOUT.`;
}

function describeSilence(prefix: string): string {
  return `has not responded for one second. If it never responds, the usual cause in a VPC is a missing route: add an interface endpoint for ${prefix} whose security group allows the function on port 443, or a NAT gateway.`;
}

function list(names: string[]): string {
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  return `${names.slice(0, MAX_NAMES).join(", ")}${more}`;
}

const MAX_NAMES = 20;
