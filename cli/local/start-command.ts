import type { Env } from "../../core/host/env.ts";
import { fetchFromServices } from "../../fetcher/fetch-from-services.ts";
import { attempt } from "../../fetcher/outcome.ts";
import { start } from "../../fetcher/start.ts";
import { startChild } from "./child.ts";
import { findCommand } from "./find-command.ts";
import { prepareHost } from "./host.ts";
import { reportLocally } from "./local-log.ts";

/**
 * Starts a command with the secrets beside the environment that it would have without them, and ends as it does.
 * Gives a status only where it is not started.
 */
export async function startCommand(argv: [string, ...string[]], file?: string): Promise<number> {
  const { env, log, originals, caller } = await prepareHost(file);
  // The caller's credentials are for the calls alone.
  const execve = (program: string, [, ...args]: string[], merged: Env) =>
    startChild(program, args, { ...merged, ...originals });
  const host = { fetch: fetchFromServices, execve };
  const outcome = await attempt(env, log, () => start(env, findCommand(argv), log, host));
  if (outcome.ok) return await outcome.value.follow();
  reportLocally(outcome.error, caller, log, "The command was not started");
  const codes = outcome.error.faults.map(({ code }) => code);
  if (codes.includes("ProgramNotFound")) return STATUS.notFound;
  return codes.includes("ExecFailed") ? STATUS.notExecutable : STATUS.notStarted;
}

/** Those of POSIX's `env`. */
const STATUS = { notStarted: 125, notExecutable: 126, notFound: 127 };
