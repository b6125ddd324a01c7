import { type Deadline, startDeadline } from "../core/host/deadline.ts";
import type { Log } from "../core/host/log.ts";
import type { Outcomes } from "../core/sources/fetch-all.ts";
import { loadFormatReaders } from "../core/values/format-readers.ts";
import { type EntryResult, readValues } from "../core/values/read-values.ts";
import type { FetchOutcomes } from "./fetch-from-services.ts";
import type { PreparedCheck } from "./prepare.ts";

/** What was fetched, and what each entry makes of it. */
export async function fetchValues(
  prepared: PreparedCheck,
  log: Log,
  fetch: FetchOutcomes,
): Promise<{ outcomes: Outcomes; entries: Iterable<EntryResult> }> {
  const { settings, plan } = prepared;
  const deadline = startDeadline(settings.timeoutMs);
  const outcomes = await fetch(prepared, deadline, log);
  const readers = await loadFormatReaders(plan);
  return { outcomes, entries: readValues(plan, outcomes, readers, extend(deadline)) };
}

/** Where a call has taken all the time, the other values are still read, so that the report has every fault. */
function extend({ totalMs, remainingMs }: Deadline): Deadline {
  return startDeadline(Math.max(remainingMs(), totalMs / 10));
}
