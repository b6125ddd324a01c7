import type { FetchRequest } from "../core/config/plan.ts";
import type { Problem } from "../core/fault/fault.ts";
import { startDeadline } from "../core/host/deadline.ts";
import type { FetchResult } from "../core/sources/fetch-all.ts";
import type { RequestGroup } from "../core/sources/group-requests.ts";
import { secretsManager } from "../core/sources/secrets-manager.ts";
import { createSource } from "../core/sources/source.ts";
import type { Prepared } from "./prepare.ts";

/** Fetches a group from the services, within the time limit. Never rejects. */
export type FetchGroup = (group: RequestGroup) => Promise<FetchResult[]>;

export function createFetch(
  { settings, credentials }: Prepared,
  onRetry: (request: FetchRequest, problem: Problem) => void,
): FetchGroup {
  const source = createSource(settings, credentials, onRetry, CLIENTS);
  return async (group) => {
    const started = Date.now();
    const results = await source(group, startDeadline(settings.timeoutMs));
    // The environment was frozen: its connections have died, and the time limit is over.
    const isCutOff = Date.now() - started > settings.timeoutMs + FREEZE_MS && results.some(({ ok }) => !ok);
    return isCutOff ? await source(group, startDeadline(settings.timeoutMs)) : results;
  };
}

/** Longer than a call goes on after its time limit. */
const FREEZE_MS = 1000;

const CLIENTS = {
  secretsmanager: () => secretsManager,
  // Loaded only here: functions without parameters do not need it.
  ssm: async () => (await import("./sources/single-parameter.ts")).parameterStoreWithSingle,
};
