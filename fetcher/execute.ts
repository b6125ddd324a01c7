import type { Fault } from "../core/fault/fault.ts";
import type { Env } from "../core/host/env.ts";
import type { Log } from "../core/host/log.ts";
import { VERSION } from "../core/host/version.ts";
import type { Command } from "./command.ts";
import { explainExecFailure } from "./exec-failure.ts";
import type { Io } from "./run.ts";

/** Replaces this process with the runtime; returns only why it could not. */
export function execute(
  { file, argv }: Command,
  variables: Map<string, string>,
  env: Env,
  log: Log,
  { execve }: Pick<Io, "execve">,
): Fault | undefined {
  const overridden = [...variables.keys()].filter((name) => Object.hasOwn(env, name));
  if (overridden.length > 0) {
    log("WARN", `${overridden.join(", ")}: the secret's value replaces the one in the function's configuration.`);
  }
  log(
    "DEBUG",
    () => `secrets-wrapper ${VERSION} starts ${file} with ${[...variables.keys()].join(", ") || "no secrets"}.`,
  );
  try {
    execve(file, argv, merge(env, variables));
    return undefined;
  } catch (error) {
    return explainExecFailure(file, error, variables);
  }
}

function merge(env: Env, variables: Map<string, string>): Env {
  // One object and no other: there may be thousands. Without a prototype `__proto__` is a name like any other.
  const merged: Record<string, string | undefined> = Object.assign(Object.create(null), env);
  for (const [name, value] of variables) merged[name] = value;
  return merged;
}
