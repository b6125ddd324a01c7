import { readCaBundle } from "./ca-bundle.ts";
import { buildCommand, type Command } from "./command.ts";
import { type CredentialSource, findCredentials } from "./credentials.ts";
import { readEntries } from "./entries.ts";
import { SecretsError } from "./fault.ts";
import { type Planned, planFetches } from "./plan.ts";
import { checkSnapStart, type Env, readSettings, type Settings } from "./settings.ts";
import { findSharedPaths } from "./shared-paths.ts";

/** All that is to be done, checked as far as it can be without a call. */
export type Config = {
  settings: Settings;
  plan: Planned[];
  credentials: CredentialSource;
  command: Command | undefined;
};

/** Reads the environment, the file of SECRETS_FILE and the runtime's command line; `self` is the wrapper beside us. Without a runtime there is none to start. Rejects with one {@link SecretsError} with every fault. */
export async function configure(env: Env, runtime: string[] | undefined, self: string): Promise<Config> {
  const { settings, faults } = readSettings(env);
  const parsed = await readEntries(env);
  const planned = planFetches(parsed.entries, settings.region);
  const command = runtime && buildCommand(runtime, settings.nextWrappers, env, self);
  const isEmpty = parsed.entries.length === 0 && parsed.faults.length === 0;
  const credentials = isEmpty ? { source: UNUSED } : findCredentials(env);
  const bundle = isEmpty ? {} : readCaBundle(env);

  const all = [...faults, ...parsed.faults, ...findSharedPaths(parsed.entries), ...planned.faults];
  if (!isEmpty) all.push(...checkSnapStart(env));
  if (Array.isArray(command)) all.push(...command);
  if ("fault" in credentials) all.push(credentials.fault);
  if ("fault" in bundle) all.push(bundle.fault);
  if (Array.isArray(command) || "fault" in credentials || all.length > 0) {
    throw new SecretsError("Runtime.InvalidSecretsConfiguration", all);
  }
  return { settings: { ...settings, ...bundle }, plan: planned.plan, credentials: credentials.source, command };
}

const UNUSED: CredentialSource = () => Promise.reject(new Error("nothing to fetch"));
