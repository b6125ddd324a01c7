import { type PlannedEntry, requestsOf } from "../core/config/plan.ts";
import type { Reference } from "../core/config/reference.ts";
import { count, quote } from "../core/fault/fault.ts";
import type { Log } from "../core/host/log.ts";
import { lazy } from "../core/host/memoize.ts";
import { VERSION } from "../core/host/version.ts";
import type { Outcomes } from "../core/sources/fetch-all.ts";

/** How many of each kind are fetched. */
export type Counts = [kind: Reference["kind"], number: number][];

export function countRequests(plan: PlannedEntry[]): Counts {
  const requests = requestsOf(plan);
  return KINDS.map((kind) => [kind, requests.filter((request) => request.kind === kind).length]);
}

/** Logs in one line what the runtime is started with. */
export function logSummary(counts: Counts, variables: number, log: Log): void {
  const isEmpty = counts.every(([, number]) => number === 0);
  const found = counts.filter(([kind, number]) => number > 0 || (kind === "secret" && isEmpty));
  const from = found
    .map(([kind, number]) => count(number, kind))
    .join(", ")
    .replace(/, (?=[^,]*$)/, " and ");
  const durationMs = Math.round(performance.now());
  log("INFO", `${count(variables, "variable")} from ${from} in ${durationMs} ms.`, {
    version: VERSION,
    variables,
    ...Object.fromEntries(counts.map(([kind, number]) => [`${kind}s`, number])),
    durationMs,
  });
}

/** Logs at DEBUG a line for each secret or parameter: the entries that use it, and which version of it is there. */
export function logVersions(plan: PlannedEntry[], outcomes: Outcomes, log: Log): void {
  const subjects = lazy(() => subjectsOf(plan));
  for (const { key, id } of requestsOf(plan)) {
    const outcome = outcomes.get(key);
    if (!outcome?.ok || outcome.value.kind === "parameters" || outcome.value.version === undefined) continue;
    const { version, created } = outcome.value;
    log("DEBUG", () => {
      const when = created ? `, created ${created.toISOString()}` : "";
      return `${subjects().get(key)?.join(", ")} (from ${quote(id)}): version ${version}${when}.`;
    });
  }
}

function subjectsOf(plan: PlannedEntry[]): Map<string, string[]> {
  const subjects = new Map<string, string[]>();
  for (const { entry, request } of plan) {
    const known = subjects.get(request.key);
    if (known) known.push(entry.subject);
    else subjects.set(request.key, [entry.subject]);
  }
  return subjects;
}

const KINDS = ["secret", "parameter", "path"] as const;
