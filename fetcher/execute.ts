import type { Fault } from "../core/fault/fault.ts";
import { failure, type Result, success } from "../core/fault/result.ts";
import type { Env } from "../core/host/env.ts";
import type { Log } from "../core/host/log.ts";
import { VERSION } from "../core/host/version.ts";
import type { Command } from "./command.ts";
import { explainExecFailure } from "./exec-failure.ts";

/** Replaces this process, where it returns only by throwing; or gives the process that it has started. */
export type Execve<T> = (file: string, argv: string[], env: Env) => T | Promise<T>;

/** Executes the command with the values in its environment; says why where it cannot. */
export async function execute<T>(
  { file, argv }: Command,
  variables: Map<string, string>,
  env: Env,
  log: Log,
  execve: Execve<T>,
): Promise<Result<T, Fault>> {
  const overridden = [...variables.keys()].filter((name) => Object.hasOwn(env, name));
  if (overridden.length > 0) {
    log("WARN", `${overridden.join(", ")}: the secret's value replaces the one in the function's configuration.`);
  }
  log(
    "DEBUG",
    () => `secrets-wrapper ${VERSION} starts ${file} with ${[...variables.keys()].join(", ") || "no secrets"}.`,
  );
  try {
    return success(await execve(file, argv, merge(env, variables)));
  } catch (error) {
    return failure(explainExecFailure(file, error, variables));
  }
}

function merge(env: Env, variables: Map<string, string>): Env {
  // One object and no other: there may be thousands. Without a prototype `__proto__` is a name like any other.
  const merged: Record<string, string | undefined> = Object.assign(Object.create(null), env);
  for (const [name, value] of variables) merged[name] = value;
  return merged;
}
