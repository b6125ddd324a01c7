import { buildCommand, type Command } from "./command.ts";
import { type CredentialSource, findCredentials } from "./credentials.ts";
import { type Fault, SecretsError } from "./fault.ts";
import { parseSecrets } from "./parse.ts";
import { type Planned, planFetches } from "./plan.ts";
import { checkSnapStart, type Env, readSettings, type Settings } from "./settings.ts";

/** All that is to be done, checked as far as it can be without a call. */
export type Config = { settings: Settings; plan: Planned[]; credentials: CredentialSource; command: Command };

/** Reads the environment and the runtime's command line; `self` is the wrapper beside us. Throws one {@link SecretsError} with every fault. */
export function configure(env: Env, runtime: string[], self: string): Config {
  const { settings, faults } = readSettings(env);
  const parsed = env.SECRETS === undefined ? { entries: [], faults: [NO_SECRETS] } : parseSecrets(env.SECRETS);
  const planned = planFetches(parsed.entries, settings.region);
  const command = buildCommand(runtime, settings.nextWrappers, env, self);
  const isEmpty = parsed.entries.length === 0 && parsed.faults.length === 0;
  const credentials = isEmpty ? { source: UNUSED } : findCredentials(env);

  const all = [...faults, ...parsed.faults, ...planned.faults];
  if (!isEmpty) all.push(...checkSnapStart(env));
  if (Array.isArray(command)) all.push(...command);
  if ("fault" in credentials) all.push(credentials.fault);
  if (Array.isArray(command) || "fault" in credentials || all.length > 0) {
    throw new SecretsError("Runtime.InvalidSecretsConfiguration", all);
  }
  return { settings, plan: planned.plan, credentials: credentials.source, command };
}

const UNUSED: CredentialSource = () => Promise.reject(new Error("nothing to fetch"));

const NO_SECRETS: Fault = {
  subject: "SECRETS",
  code: "NoSecrets",
  cause: "the variable is not set",
  remedy: 'Set it, for example to {"DB_PASSWORD": "prod/db:password"}, or to {} for no secrets.',
};
