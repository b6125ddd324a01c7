import type { Entry } from "../config/parse.ts";
import type { PlannedEntry } from "../config/plan.ts";
import type { Problem } from "../fault/fault.ts";
import { failure, type Result } from "../fault/result.ts";
import type { Deadline } from "../host/deadline.ts";
import type { FetchResult, Outcomes } from "../sources/fetch-all.ts";
import type { FormatReaders } from "./format-readers.ts";
import { type NamedValue, NOT_FETCHED, valuesOf } from "./values-of.ts";

/** An entry, and its values or why it has none. */
export type EntryValues = { entry: Entry; values: Result<NamedValue[], Problem> };

/** The same, with what its request gave. */
export type EntryResult = EntryValues & PlannedEntry & { outcome: FetchResult };

/** The values of all entries, one after the other. After the deadline none is read. */
export function* readValues(
  plan: PlannedEntry[],
  outcomes: Outcomes,
  readers: FormatReaders,
  deadline?: Deadline,
): Generator<EntryResult> {
  for (const { entry, request } of plan) {
    const outcome = outcomes.get(request.key) ?? failure(NOT_FETCHED);
    const isTooLate = outcome.ok && deadline?.remainingMs() === 0;
    const values = isTooLate ? failure(TOO_LATE) : valuesOf(entry, outcome, readers);
    yield { entry, request, outcome, values };
  }
}

const TOO_LATE: Problem = {
  code: "Timeout",
  cause: "the value was fetched, but could not be read within the time limit (SECRETS_TIMEOUT)",
  remedy: "Raise SECRETS_TIMEOUT, or the function's memory, which its share of a CPU follows; store smaller JSON.",
};
