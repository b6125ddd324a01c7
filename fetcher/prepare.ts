import { type Config, readConfig } from "../core/config/read-config.ts";
import { checkSnapStart } from "../core/config/settings.ts";
import type { Fault } from "../core/fault/fault.ts";
import { failure, type Result, success } from "../core/fault/result.ts";
import type { Env } from "../core/host/env.ts";
import { type CredentialProvider, findCredentials } from "../core/sources/credentials.ts";
import type { Command } from "./command.ts";

/** All that a check needs, verified as far as it can be without a call. */
export type PreparedCheck = Config & { credentials: CredentialProvider };

/** The same for a start. */
export type PreparedStart = PreparedCheck & { command: Command };

/** The configuration and the credentials beside the command to start, or every fault in them. */
export async function prepareStart(
  env: Env,
  command: Result<Command, Fault[]>,
): Promise<Result<PreparedStart, Fault[]>> {
  const config = await readStartConfig(env);
  const credentials = credentialsFor(config, env);
  if (config.ok && command.ok && credentials.ok) {
    return success({ ...config.value, command: command.value, credentials: credentials.value });
  }
  return failure([config, command, credentials].flatMap((part) => (part.ok ? [] : part.error)));
}

/** The same for a check, which starts nothing. */
export async function prepareCheck(env: Env): Promise<Result<PreparedCheck, Fault[]>> {
  const config = await readStartConfig(env);
  const credentials = credentialsFor(config, env);
  if (config.ok && credentials.ok) return success({ ...config.value, credentials: credentials.value });
  return failure([config, credentials].flatMap((part) => (part.ok ? [] : part.error)));
}

/** A start keeps the values for as long as the environment lives. */
async function readStartConfig(env: Env): Promise<Result<Config, Fault[]>> {
  const config = await readConfig(env);
  if (config.ok && config.value.plan.length === 0) return config;
  const faults = checkSnapStart(env);
  return faults.length === 0 ? config : failure([...(config.ok ? [] : config.error), ...faults]);
}

function credentialsFor(config: Result<Config, Fault[]>, env: Env): Result<CredentialProvider, Fault[]> {
  return config.ok && config.value.plan.length === 0 ? success(UNUSED) : findCredentials(env);
}

const UNUSED: CredentialProvider = () => Promise.reject(new Error("nothing to fetch"));
