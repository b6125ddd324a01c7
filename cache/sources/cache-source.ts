import type { FetchRequest } from "../../core/config/plan.ts";
import type { Problem } from "../../core/fault/fault.ts";
import { secretsManager } from "../../core/sources/secrets-manager.ts";
import { createSource, type Source } from "../../core/sources/source.ts";
import type { Prepared } from "../prepare.ts";

/** Both services, for the cache, which fetches single parameters as AWS's extension does. */
export function createCacheSource(
  { settings, credentials }: Prepared,
  onRetry: (request: FetchRequest, problem: Problem) => void,
): Source {
  return createSource(settings, credentials, onRetry, CLIENTS);
}

const CLIENTS = {
  secretsmanager: () => secretsManager,
  // Loaded only here: functions without parameters do not need it.
  ssm: async () => (await import("./single-parameter.ts")).parameterStoreWithSingle,
};
