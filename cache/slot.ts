import type { Entry } from "../core/config/parse.ts";
import type { FetchRequest, PlannedEntry } from "../core/config/plan.ts";
import type { Problem } from "../core/fault/fault.ts";
import { type Result, success } from "../core/fault/result.ts";
import type { FetchResult, Outcomes } from "../core/sources/fetch-all.ts";
import { groupRequests } from "../core/sources/group-requests.ts";
import type { FormatReaders } from "../core/values/format-readers.ts";
import { type NamedValue, valuesOf } from "../core/values/values-of.ts";
import type { Fetch, Time } from "./freshness.ts";

/** What was fetched for a request, and what each entry makes of it. */
export type Held = Fetch & { outcome: FetchResult; values: ReadonlyMap<Entry, NamedValue[]> };

/** What the last of so many fetches in a row gave, none of which was of use. */
export type Failed = { outcome: FetchResult; problem: Problem; at: Time; times: number; pauseMs: number };

/** A request, the last that could be had for it, and why there is nothing newer. */
export type Slot = {
  readonly request: FetchRequest;
  /** None if SECRETS does not list it. */
  readonly entries: readonly Entry[];
  /** Whether somebody has asked for it since it was fetched. */
  isWanted?: boolean;
  held?: Held;
  failed?: Failed;
  /** The fetch that all who want something newer wait for. */
  pending?: Promise<void>;
};

/** A slot for each request of the plan, by its key. */
export function slotsOf(plan: PlannedEntry[]): Map<string, Slot> {
  const slots = new Map<string, Slot & { entries: Entry[] }>();
  for (const { entry, request } of plan) {
    const slot = slots.get(request.key) ?? { request, entries: [] };
    slot.entries.push(entry);
    slots.set(request.key, slot);
  }
  return slots;
}

/** When something newer is due. */
export function dueAt({ held, failed }: Slot): Time {
  if (failed) return failed.at + failed.pauseMs;
  return held ? held.at + held.ttlMs : 0;
}

/** Parameters that SECRETS lists share calls; of others, one that is denied denies no other. */
export function groupSlots(slots: Slot[]): Slot[][] {
  const listed = new Map(slots.filter(({ entries }) => entries.length > 0).map((slot) => [slot.request, slot]));
  const grouped = groupRequests([...listed.keys()]).map((group) =>
    group.flatMap((request) => listed.get(request) ?? []),
  );
  return [...grouped, ...slots.filter(({ entries }) => entries.length === 0).map((slot) => [slot])];
}

/** What each entry makes of an outcome; or why one of them can make nothing of it. */
export function readEntries(
  { entries }: Slot,
  outcome: FetchResult,
  readers: FormatReaders,
): Result<Map<Entry, NamedValue[]>, Problem> {
  if (entries.length === 0 && !outcome.ok) return outcome;
  const all = new Map<Entry, NamedValue[]>();
  for (const entry of entries) {
    const values = valuesOf(entry, outcome, readers);
    if (!values.ok) return values;
    all.set(entry, values.value);
  }
  return success(all);
}

/** What the last fetch of each request gave. */
export function outcomesOf(slots: readonly Slot[]): Outcomes {
  return new Map(
    slots.flatMap(({ request, held, failed }) => {
      const outcome = failed?.outcome ?? held?.outcome;
      return outcome ? [[request.key, outcome]] : [];
    }),
  );
}

/** The entries of a slot, or what was asked for where none lists it. */
export function subjectsOf({ entries, request }: Slot): string {
  return entries.map(({ subject }) => subject).join(", ") || request.id;
}

/** The version of what is stored. Parameters under a path have none together. */
export function versionOf(outcome: FetchResult): string | undefined {
  return outcome.ok && outcome.value.kind !== "parameters" ? outcome.value.version : undefined;
}
