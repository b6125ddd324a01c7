import type { Fault } from "./fault.ts";
import type { Entry } from "./parse.ts";
import { type Reference, regionOf } from "./reference.ts";

/** One thing to get. Entries with the same secret or parameter, and the same version, share it. */
export type Fetch = Reference & { region: string };

export type Planned = { entry: Entry; fetch: Fetch };

/** Decides which calls answer all entries. `region` is for secrets that are named without one. */
export function planFetches(entries: Entry[], region: string | undefined): { plan: Planned[]; faults: Fault[] } {
  const fetches = new Map<string, Fetch>();
  const plan: Planned[] = [];
  const faults: Fault[] = [];
  for (const entry of entries) {
    const fetch = toFetch(entry.reference, region);
    if (!fetch) {
      faults.push(noRegion(entry));
      continue;
    }
    const identity = JSON.stringify(fetch);
    if (!fetches.has(identity)) fetches.set(identity, fetch);
    plan.push({ entry, fetch: fetches.get(identity) ?? fetch });
  }
  return { plan, faults };
}

function toFetch(reference: Reference, fallback: string | undefined): Fetch | undefined {
  const region = regionOf(reference.id) ?? fallback;
  return region ? { ...reference, region } : undefined;
}

function noRegion({ subject, place, reference }: Entry): Fault {
  return {
    subject,
    ...(place && { place }),
    secret: reference.id,
    code: "NoRegion",
    cause: "no Region is known to look in",
    remedy: "Lambda sets AWS_REGION; elsewhere set it yourself, or name the full ARN.",
  };
}
