import { type PlannedEntry, requestsOf } from "../config/plan.ts";
import { type Service, serviceOf } from "../config/service.ts";
import type { Settings } from "../config/settings.ts";
import type { Deadline } from "../host/deadline.ts";
import { groupRequests } from "./group-requests.ts";

/** Begins to open a connection for each call that the plan takes, so that they are there once the SDK is loaded. */
export function preconnectFor(plan: PlannedEntry[], settings: Settings, { remainingMs }: Deadline): void {
  const { ca, proxyFor } = settings;
  for (const [url, connections] of countCalls(plan, settings)) {
    const named = proxyFor?.(url);
    // That the variable's value is no URL is for the call to say.
    if (named && !named.proxy) continue;
    preconnect({
      url,
      connections,
      timeoutMs: remainingMs(),
      ...(ca !== undefined && { ca }),
      ...(named?.proxy && { proxy: named.proxy }),
    });
  }
}

/** By endpoint. */
function countCalls(plan: PlannedEntry[], settings: Settings): Map<string, number> {
  const calls = new Map<string, number>();
  for (const [{ kind, region }] of groupRequests(requestsOf(plan))) {
    const url = endpointUrl(serviceOf({ kind }), region, settings);
    if (url) calls.set(url, (calls.get(url) ?? 0) + 1);
  }
  return calls;
}

/** Undefined where only the SDK's tables tell the endpoint: it opens its connections itself. */
export function endpointUrl({ prefix }: Service, region: string, settings: Settings): string | undefined {
  const { endpoints, useFipsEndpoint, useDualstackEndpoint } = settings;
  if (endpoints[prefix]) return endpoints[prefix];
  if (useDualstackEndpoint || !COMMERCIAL.test(region)) return undefined;
  return `https://${prefix}${useFipsEndpoint ? "-fips" : ""}.${region}.amazonaws.com`;
}

/** The Regions of the partition "aws", as the SDK tells them. */
const COMMERCIAL = /^(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/;
