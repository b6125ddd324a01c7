import { endpointOf } from "../core/config/service.ts";
import { count, type Fault, type Problem } from "../core/fault/fault.ts";
import { type Result, success } from "../core/fault/result.ts";
import { startDeadline } from "../core/host/deadline.ts";
import { type Env, isSnapStart } from "../core/host/env.ts";
import type { Log } from "../core/host/log.ts";
import { preconnectFor } from "../core/sources/preconnect.ts";
import { describeWaiting } from "../core/sources/waiting.ts";
import { readValues } from "../core/values/read-values.ts";
import { describeSkipped } from "../core/values/skipped.ts";
import { buildEnvironment } from "../core/values/variables.ts";
import { createCache, type Events } from "./cache.ts";
import { hasChanged, logChange, logFailure } from "./changes.ts";
import { createFetch } from "./fetch.ts";
import { removeFilesOf, writeFilesOf } from "./files.ts";
import type { Answerer } from "./http/server.ts";
import { logEach } from "./log-faults.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { createAnswerer } from "./routes.ts";
import type { CacheSettings } from "./settings.ts";
import { dueAt, type Held, outcomesOf, type Slot } from "./slot.ts";
import { createCheckToken } from "./token.ts";
import { type View, viewOf } from "./view.ts";

/** The cache, its files and its HTTP interface, for a life cycle to drive. */
export type Service = {
  answer: Answerer;
  /** Fetches all that SECRETS lists, once; gives why it cannot be had. */
  prefetch(): Promise<Fault[]>;
  /** Fetches what is past its time. */
  refreshDue(): Promise<void>;
  /** Milliseconds until something is past its time. */
  dueInMs(): number;
  /** Writes the files of SECRETS, unless the wrapper has; gives why they cannot be written. */
  writeFiles(): Promise<Fault[]>;
  /** Removes them, whoever has written them. */
  removeFiles(): Promise<void>;
};

/** The service, or every fault in its configuration. */
export async function startService(env: Env, settings: CacheSettings, log: Log): Promise<Result<Service, Fault[]>> {
  const prepared = await prepare(env);
  if (!prepared.ok) return prepared;
  const { plan, settings: connection } = prepared.value;
  // A connection in a snapshot would be dead when it is restored.
  if (!isSnapStart(env)) preconnectFor(plan, connection, startDeadline(connection.timeoutMs));
  return success(createService(env, prepared.value, settings, log));
}

function createService(env: Env, prepared: Prepared, settings: CacheSettings, log: Log): Service {
  const { plan, readers, credentials } = prepared;
  const retried = new Map<string, Problem>();
  const fetch = createFetch(prepared, (request, problem) => retried.set(endpointOf(request), problem));
  const events: Events = { onFetched, onFailed };
  const cache = createCache({ plan, readers, settings, fetch, events });
  let view: View | undefined;
  let prefetched: Promise<Fault[]> | undefined;
  let isStarted = false;
  let isHandedOver = false;
  let writing: Promise<void> = Promise.resolve();

  const answer = createAnswerer({
    source: { cache, readers, view: currentView },
    region: prepared.settings.region,
    checkToken: createCheckToken(env, credentials),
    onHandOver: () => {
      isHandedOver = true;
      return prefetch();
    },
  });

  function currentView(): View {
    view ??= viewOf(cache);
    return view;
  }

  function onFetched(slot: Slot, before: Held | undefined): void {
    const after = slot.held as Held;
    if (before && !hasChanged(before, after)) return;
    view = undefined;
    if (!before || !isStarted) return;
    logChange(slot, before, after, log);
    // One after another, so that an older version never replaces a newer one.
    writing = writing.then(async () => logEach(await writeFilesOf([slot]), log));
  }

  function onFailed(slot: Slot): void {
    // Who asks for what is not listed is told by the answer.
    if (isStarted && slot.entries.length > 0) logFailure(slot, Date.now(), log);
  }

  function prefetch(): Promise<Fault[]> {
    prefetched ??= fetchAll();
    return prefetched;
  }

  async function fetchAll(): Promise<Fault[]> {
    const slow = setTimeout(() => {
      const waiting = cache.slots.filter(({ pending }) => pending).map(({ request }) => request);
      for (const line of describeWaiting(waiting, plan, retried)) log("WARN", line);
    }, SLOW_MS);
    await cache.refresh(cache.slots);
    clearTimeout(slow);
    const { faults, skipped } = buildEnvironment(readValues(plan, outcomesOf(cache.slots), readers));
    for (const line of describeSkipped(skipped)) log("WARN", line);
    isStarted = true;
    const durationMs = Math.round(performance.now());
    if (faults.length === 0)
      log("INFO", `The live cache has ${count(currentView().size, "variable")} after ${durationMs} ms.`, {
        durationMs,
      });
    return faults;
  }

  async function writeFiles(): Promise<Fault[]> {
    return isHandedOver ? [] : await writeFilesOf(cache.slots);
  }

  async function removeFiles(): Promise<void> {
    await writing;
    logEach(await removeFilesOf(cache.slots), log);
  }

  function dueInMs(): number {
    return Math.max(0, Math.min(...cache.slots.map(dueAt)) - Date.now());
  }

  return { answer, prefetch, refreshDue: () => cache.refresh(cache.inUse()), dueInMs, writeFiles, removeFiles };
}

const SLOW_MS = 1000;
