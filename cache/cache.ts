import type { FetchRequest, PlannedEntry } from "../core/config/plan.ts";
import type { Problem } from "../core/fault/fault.ts";
import { failure, type Result, success } from "../core/fault/result.ts";
import type { FetchResult } from "../core/sources/fetch-all.ts";
import type { RequestGroup } from "../core/sources/group-requests.ts";
import type { FormatReaders } from "../core/values/format-readers.ts";
import { isFresh, isUsable, pauseMs, shorten, type Time, ttlOf } from "./freshness.ts";
import { createQueue } from "./queue.ts";
import { createRecent } from "./recent.ts";
import type { CacheSettings } from "./settings.ts";
import { groupSlots, type Held, readEntries, type Slot, slotsOf } from "./slot.ts";

/** What may be served, and why it is not newer where it is past its time. */
export type Served = { held: Held; stale?: Problem };

/** What is told of a slot that has changed. */
export type Events = {
  /** `before` is undefined at the first time. */
  onFetched(slot: Slot, before: Held | undefined): void;
  onFailed(slot: Slot): void;
};

export type Cache = {
  /** Of the plan, in its order. */
  slots: readonly Slot[];
  /** The slot of a request, listed or not. */
  slotOf(request: FetchRequest): Slot;
  /**
   * Fetches what is past its time, or with `anew` what is older than a second; what is on its way is waited for.
   * Never rejects.
   */
  refresh(slots: readonly Slot[], anew?: boolean): Promise<void>;
  /** The same for all that are listed: all who want that at the same time share one wait. */
  refreshListed(): Promise<void>;
  /** All slots that hold something and are of use: those that are listed, and others that are asked for. */
  inUse(): Slot[];
  /** Whether something newer is due, or on its way. */
  isWaitedFor(slot: Slot): boolean;
  /** What may be served of a slot now. */
  serve(slot: Slot): Result<Served, Problem>;
};

export type CacheOptions = {
  plan: PlannedEntry[];
  readers: FormatReaders;
  settings: Pick<CacheSettings, "ttlMs" | "maxStaleMs" | "size">;
  /** Never rejects. */
  fetch(group: RequestGroup): Promise<FetchResult[]>;
  events: Events;
  now?: () => Time;
};

/** Keeps what is fetched. Who wants something newer at the same time shares one fetch. */
export function createCache({ plan, readers, settings, fetch, events, now = Date.now }: CacheOptions): Cache {
  const listed = slotsOf(plan);
  const recent = createRecent(settings.size);
  const slots = [...listed.values()];
  const queue = createQueue(MAX_FETCHES);

  function isDue({ held, failed }: Slot): boolean {
    if (held && isFresh(held, now())) return false;
    return !failed || now() < failed.at || now() - failed.at >= failed.pauseMs;
  }

  function isOld({ held, failed }: Slot): boolean {
    const at = failed?.at ?? held?.at;
    return at === undefined || !isFresh({ at, ttlMs: ANEW_MS }, now());
  }

  async function refresh(wanted: readonly Slot[], anew = false): Promise<void> {
    const due = wanted.filter((slot) => !slot.pending && (anew ? isOld(slot) : isDue(slot)));
    for (const group of groupSlots(due)) {
      const done = queue(() => fetchGroup(group));
      for (const slot of group) slot.pending = done;
    }
    const pending = new Set(wanted.flatMap((slot) => slot.pending ?? []));
    // In turn, which takes no longer: many may wait for as many, and together they would fill the memory.
    for (const done of pending) await done;
  }

  let listedRefresh: Promise<void> | undefined;
  function refreshListed(): Promise<void> {
    listedRefresh ??= refresh(slots).then(() => {
      listedRefresh = undefined;
    });
    return listedRefresh;
  }

  async function fetchGroup(group: Slot[]): Promise<void> {
    const results = await fetch(group.map(({ request }) => request) as RequestGroup);
    for (const slot of group) delete slot.pending;
    for (const [index, slot] of group.entries()) accept(slot, results[index] as FetchResult);
  }

  /** Only what every entry can use counts as fetched. */
  function accept(slot: Slot, outcome: FetchResult): void {
    const values = readEntries(slot, outcome, readers);
    if (values.ok) hold(slot, outcome, values.value);
    else fail(slot, outcome, values.error);
  }

  function hold(slot: Slot, outcome: FetchResult, values: Held["values"]): void {
    const before = slot.held;
    slot.held = { outcome, values, at: now(), ttlMs: shorten(ttlOf(values, settings.ttlMs, now())) };
    delete slot.failed;
    slot.isWanted = false;
    events.onFetched(slot, before);
  }

  function fail(slot: Slot, outcome: FetchResult, problem: Problem): void {
    const times = (slot.failed?.times ?? 0) + 1;
    slot.failed = { outcome, problem, at: now(), times, pauseMs: pauseMs(times) };
    events.onFailed(slot);
  }

  function serve({ held, failed }: Slot): Result<Served, Problem> {
    if (!held) return failure(failed?.problem ?? NOT_FETCHED_YET);
    if (!failed) return success({ held });
    if (isFresh(held, now())) return success({ held });
    return isUsable(held, now(), settings.maxStaleMs)
      ? success({ held, stale: failed.problem })
      : failure(failed.problem);
  }

  return {
    slots,
    slotOf: (request) => listed.get(request.key) ?? recent.slotOf(request),
    refresh,
    refreshListed,
    serve,
    isWaitedFor: (slot) => slot.pending !== undefined || isDue(slot),
    inUse: () => [...slots, ...recent.inUse()],
  };
}

/** As many calls as the engine makes at a time: more would only take memory. */
const MAX_FETCHES = 20;

/** Who asks for everything anew in a loop gets what is a second old. */
const ANEW_MS = 1000;

const NOT_FETCHED_YET: Problem = {
  code: "NotReady",
  cause: "it has not been fetched yet",
  remedy: "Under SnapStart nothing is fetched before the first invocation.",
};
