import { type Config, readConfig, readConnection } from "../core/config/read-config.ts";
import type { Fault } from "../core/fault/fault.ts";
import { failure, type Result, success } from "../core/fault/result.ts";
import type { Env } from "../core/host/env.ts";
import { type CredentialProvider, findCredentials } from "../core/sources/credentials.ts";
import { type FormatReaders, loadFormatReaders } from "../core/values/format-readers.ts";

/** All that the cache needs, checked as far as it can be without a call. */
export type Prepared = Config & { credentials: CredentialProvider; readers: FormatReaders };

/** The configuration and the credentials, or every fault in them. */
export async function prepare(env: Env): Promise<Result<Prepared, Fault[]>> {
  const config = await readCacheConfig(env);
  const credentials = findCredentials(env);
  if (!config.ok || !credentials.ok)
    return failure([config, credentials].flatMap((part) => (part.ok ? [] : part.error)));
  const readers = await loadFormatReaders(config.value.plan);
  return success({ ...config.value, credentials: credentials.value, readers });
}

/** Without SECRETS, what is asked for is all there is. */
async function readCacheConfig(env: Env): Promise<Result<Config, Fault[]>> {
  const isListed = env.SECRETS !== undefined || env.SECRETS_FILE;
  // Lambda does not tell extensions where the function's code is.
  const config = await readConfig({ LAMBDA_TASK_ROOT: TASK_ROOT, ...env, ...(!isListed && { SECRETS: "{}" }) });
  if (!config.ok || config.value.plan.length > 0) return config;
  const connection = await readConnection(env);
  if (!connection.ok) return failure([connection.error]);
  return success({ ...config.value, settings: { ...config.value.settings, ...connection.value } });
}

const TASK_ROOT = "/var/task";
