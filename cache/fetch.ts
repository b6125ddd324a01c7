import type { FetchRequest } from "../core/config/plan.ts";
import type { Problem } from "../core/fault/fault.ts";
import { startDeadline } from "../core/host/deadline.ts";
import type { FetchResult } from "../core/sources/fetch-all.ts";
import type { RequestGroup } from "../core/sources/group-requests.ts";
import type { Source } from "../core/sources/source.ts";
import type { Prepared } from "./prepare.ts";

/** Fetches a group from the services, within the time limit. Never rejects. */
export type FetchGroup = (group: RequestGroup) => Promise<FetchResult[]>;

export function createFetch(
  prepared: Prepared,
  onRetry: (request: FetchRequest, problem: Problem) => void,
): FetchGroup {
  const { timeoutMs } = prepared.settings;
  const source = loadSource(prepared, onRetry);
  return async (group) => {
    const fetch = await source;
    const started = Date.now();
    const results = await fetch(group, startDeadline(timeoutMs));
    // The environment was frozen: its connections have died, and the time limit is over.
    const isCutOff = Date.now() - started > timeoutMs + FREEZE_MS && results.some(({ ok }) => !ok);
    return isCutOff ? await fetch(group, startDeadline(timeoutMs)) : results;
  };
}

/** With the SDK, which takes as long to load as everything before it: the connections are opened meanwhile. */
async function loadSource(...options: Parameters<typeof createFetch>): Promise<Source> {
  const { createCacheSource } = await import("./sources/cache-source.ts");
  return createCacheSource(...options);
}

/** Longer than a call goes on after its time limit. */
const FREEZE_MS = 1000;
