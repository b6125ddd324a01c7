import { logFaults } from "../core/fault/report.ts";
import type { Env } from "../core/host/env.ts";
import { createLog } from "../core/host/log.ts";
import { VERSION } from "../core/host/version.ts";
import { check } from "./check.ts";
import { buildCommand } from "./command.ts";
import type { Execve } from "./execute.ts";
import type { FetchOutcomes } from "./fetch-from-services.ts";
import { postInitError } from "./init-error.ts";
import { attempt } from "./outcome.ts";
import { start } from "./start.ts";

/** What the program does outside of itself. */
export type Io = {
  stdout(text: string): void;
  stderr(line: string): void;
  execve: Execve<void>;
  fetch: FetchOutcomes;
};

/** Replaces this process with the function's runtime, or gives the status to exit with, every reason being in the log. */
export async function run(env: Env, [, program = "", ...args]: string[], io: Io): Promise<number> {
  const [option] = args;
  if (option === "--version") return print(`secrets-wrapper ${VERSION}`, io);
  // Loaded only here: a start prints no help.
  if (option === "--help") return print((await import("./usage.ts")).USAGE, io);
  const log = createLog(env, io.stderr);
  const isCheck = args.length === 1 && option === "--check";
  const wrapper = program.replace(/[^/]*$/, "../wrapper");
  const result = await attempt(env, log, () =>
    isCheck ? check(env, log, io) : start(env, buildCommand(args, env, wrapper), log, io),
  );
  if (result.ok) return 0;
  logFaults(result.error, log, isCheck ? "The function would not start" : "The function was not started");
  // A check in a function that runs already is no start that has failed.
  if (env.AWS_LAMBDA_RUNTIME_API && !isCheck) await postInitError(env.AWS_LAMBDA_RUNTIME_API, result.error);
  return 1;
}

function print(text: string, { stdout }: Io): number {
  stdout(`${text}\n`);
  return 0;
}
