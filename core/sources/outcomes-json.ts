import { failure, success } from "../fault/result.ts";
import type { Fetched } from "./decode.ts";
import type { FetchResult, Outcomes } from "./fetch-all.ts";

/** Outcomes as one process passes them to another on the same machine. */
export function stringifyOutcomes(outcomes: Outcomes): string {
  return JSON.stringify([...outcomes]);
}

/** Throws where the text is anything else. */
export function parseOutcomes(text: string): Outcomes {
  const pairs = JSON.parse(text) as [string, FetchResult][];
  return new Map(
    pairs.map(([key, outcome]) => [key, outcome.ok ? success(revive(outcome.value)) : failure(outcome.error)]),
  );
}

/** JSON has no dates. */
function revive(fetched: Fetched): Fetched {
  if (fetched.kind === "parameters" || fetched.created === undefined) return fetched;
  return { ...fetched, created: new Date(fetched.created) };
}
