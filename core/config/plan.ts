import type { Fault, Problem } from "../fault/fault.ts";
import { memoize } from "../host/memoize.ts";
import { faultOf } from "./entry-fault.ts";
import type { Entry } from "./parse.ts";
import { type Reference, regionOf } from "./reference.ts";

/** What to fetch, and in which Region. */
export type LocatedReference = Reference & { region: string };

/** One thing to fetch. Entries with the same secret or parameter, and the same version, share it. */
export type FetchRequest = LocatedReference & {
  /** Equal for equal requests, in every run. */
  key: string;
};

/** Entries that share a request share the object, too. */
export type PlannedEntry = { entry: Entry; request: FetchRequest };

/** Decides which requests answer all entries. `region` is for references without one. */
export function planRequests(entries: Entry[], region: string | undefined): { plan: PlannedEntry[]; faults: Fault[] } {
  const plan: PlannedEntry[] = [];
  const faults: Fault[] = [];
  const requests = new Map<string, FetchRequest>();
  const requestFor = memoize((reference: Reference) => {
    const request = toRequest(reference, region);
    if (request && !requests.has(request.key)) requests.set(request.key, request);
    return request && requests.get(request.key);
  });
  for (const entry of entries) {
    const request = requestFor(entry.reference);
    if (request) plan.push({ entry, request });
    else faults.push(noRegion(entry));
  }
  return { plan, faults };
}

/** Each request once, however many entries it answers. */
export function requestsOf(plan: PlannedEntry[]): FetchRequest[] {
  return [...new Set(plan.map(({ request }) => request))];
}

/** The request for a reference; `fallback` is the Region of those without one. Undefined where neither says it. */
export function toRequest(reference: Reference, fallback: string | undefined): FetchRequest | undefined {
  const region = regionOf(reference.id) ?? fallback;
  return region ? { ...reference, region, key: JSON.stringify([region, reference]) } : undefined;
}

function noRegion(entry: Entry): Fault {
  return { ...faultOf(entry, NO_REGION), secret: entry.reference.id };
}

const NO_REGION: Problem = {
  code: "NoRegion",
  cause: "the Region is not known",
  remedy: "Lambda sets AWS_REGION; outside Lambda, set it yourself or use the full ARN.",
};
