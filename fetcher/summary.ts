import { type FetchRequest, type PlannedEntry, requestsOf } from "../core/config/plan.ts";
import type { Reference } from "../core/config/reference.ts";
import { count, quote } from "../core/fault/fault.ts";
import type { Log } from "../core/host/log.ts";
import { VERSION } from "../core/host/version.ts";
import type { Outcomes } from "../core/sources/fetch-all.ts";

/** How many secrets, parameters and paths there are, and a line for each with its version. */
export type Summary = { counts: [kind: Reference["kind"], number: number][]; versions: string[] };

export function summarize(plan: PlannedEntry[], outcomes: Outcomes): Summary {
  const requests = requestsOf(plan);
  return {
    counts: KINDS.map((kind) => [kind, requests.filter((request) => request.kind === kind).length]),
    versions: describeVersions(plan, requests, outcomes),
  };
}

/** Logs in one line what the runtime is started with, and at DEBUG the version of each value. */
export function logSummary({ counts, versions }: Summary, variables: number, log: Log): void {
  for (const line of versions) log("DEBUG", line);
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

/** A line for each secret or parameter: the entries that use it, and which version of it is there. */
function describeVersions(plan: PlannedEntry[], requests: FetchRequest[], outcomes: Outcomes): string[] {
  const subjects = new Map<string, string[]>();
  for (const { entry, request } of plan) {
    const known = subjects.get(request.key);
    if (known) known.push(entry.subject);
    else subjects.set(request.key, [entry.subject]);
  }
  return requests.flatMap(({ key, id }) => {
    const outcome = outcomes.get(key);
    if (!outcome?.ok || outcome.value.kind === "parameters" || outcome.value.version === undefined) return [];
    const { version, created } = outcome.value;
    const when = created ? `, created ${created.toISOString()}` : "";
    return [`${subjects.get(key)?.join(", ")} (from ${quote(id)}): version ${version}${when}.`];
  });
}

const KINDS = ["secret", "parameter", "path"] as const;
