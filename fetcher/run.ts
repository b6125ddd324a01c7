import { findMisspelt } from "../core/config/find-misspelt.ts";
import { type Fault, type FaultReport, internalError } from "../core/fault/fault.ts";
import { logFaults } from "../core/fault/report.ts";
import { failure, type Result, success } from "../core/fault/result.ts";
import { type Deadline, startDeadline } from "../core/host/deadline.ts";
import type { Env } from "../core/host/env.ts";
import { createLog, type Log } from "../core/host/log.ts";
import { VERSION } from "../core/host/version.ts";
import type { Outcomes } from "../core/sources/fetch-all.ts";
import { loadFormatReaders } from "../core/values/format-readers.ts";
import { type EntryResult, readValues } from "../core/values/read-values.ts";
import type { SecretFile } from "../core/values/secret-file.ts";
import { describeSkipped } from "../core/values/skipped.ts";
import { buildEnvironment, type Environment } from "../core/values/variables.ts";
import type { Command } from "./command.ts";
import { execute } from "./execute.ts";
import type { FetchOutcomes } from "./fetch-from-services.ts";
import { postInitError } from "./init-error.ts";
import { type PreparedCheck, prepareCheck, prepareStart } from "./prepare.ts";
import { type Counts, countRequests, logSummary, logVersions } from "./summary.ts";

/** What the program does outside of itself. */
export type Io = {
  stdout(text: string): void;
  stderr(line: string): void;
  /** Returns only by throwing. */
  execve(file: string, argv: string[], env: Env): void;
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
  const result = await catching(async () => {
    for (const line of await findMisspelt(env)) log("WARN", line);
    return isCheck ? await check(env, log, io) : await start(env, args, wrapper, log, io);
  });
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

type Outcome = Result<void, FaultReport>;

async function catching(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    return failure(internalError(error));
  }
}

async function start(env: Env, runtime: string[], wrapper: string, log: Log, io: Io): Promise<Outcome> {
  const gathered = await gather(env, runtime, wrapper, log, io);
  if (!gathered.ok) return gathered;
  const { command, variables, files, counts } = gathered.value;
  const written = await write(files);
  if (written.faults.length > 0) return unavailable(written.faults);
  logSummary(counts, variables.size, log);
  const fault = execute(command, variables, env, log, io);
  written.undo();
  return fault ? unavailable([fault]) : success(undefined);
}

/** What the runtime is started with. */
type Gathered = Environment & { command: Command; counts: Counts };

/** A function of its own, at whose end the entries are freed: those of a large file take most of the memory. */
async function gather(
  env: Env,
  runtime: string[],
  wrapper: string,
  log: Log,
  io: Io,
): Promise<Result<Gathered, FaultReport>> {
  const prepared = await prepareStart(env, runtime, wrapper);
  if (!prepared.ok) return invalid(prepared.error);
  const { command, plan } = prepared.value;
  const { entries, outcomes } = await fetchValues(prepared.value, log, io);
  const { variables, files, skipped, faults } = buildEnvironment(entries);
  if (faults.length > 0) return unavailable(faults);
  for (const line of describeSkipped(skipped)) log("WARN", line);
  logVersions(plan, outcomes, log);
  return success({ command, variables, files, counts: countRequests(plan) });
}

/** Prints what was found, in place of a start. Fails where a start would. */
async function check(env: Env, log: Log, io: Io): Promise<Outcome> {
  const prepared = await prepareCheck(env);
  if (!prepared.ok) return invalid(prepared.error);
  log("INFO", `Checking with secrets-wrapper ${VERSION}.`);
  const entries = [...(await fetchValues(prepared.value, log, io)).entries];
  // Loaded only here: a start prints nothing.
  const { formatCheck } = await import("./check-table.ts");
  io.stdout(formatCheck(entries.map((entry) => ({ ...entry, ...buildEnvironment([entry]) }))));
  const { faults } = buildEnvironment(entries);
  return faults.length > 0 ? unavailable(faults) : success(undefined);
}

/** What was fetched, and what each entry makes of it. */
async function fetchValues(
  prepared: PreparedCheck,
  log: Log,
  { fetch }: Io,
): Promise<{ outcomes: Outcomes; entries: Iterable<EntryResult> }> {
  const { settings, plan } = prepared;
  const deadline = startDeadline(settings.timeoutMs);
  const outcomes = await fetch(prepared, deadline, log);
  const readers = await loadFormatReaders(plan);
  return { outcomes, entries: readValues(plan, outcomes, readers, extend(deadline)) };
}

/** Where a call has taken all the time, the other values are still read, so that the report has every fault. */
function extend({ totalMs, remainingMs }: Deadline): Deadline {
  return startDeadline(Math.max(remainingMs(), totalMs / 10));
}

async function write(files: SecretFile[]): Promise<{ faults: Fault[]; undo(): void }> {
  if (files.length === 0) return { faults: [], undo() {} };
  // Loaded only here: most functions have no files.
  const { writeFiles } = await import("../core/files/write-files.ts");
  return writeFiles(files);
}

function invalid(faults: Fault[]): Result<never, FaultReport> {
  return failure({ type: "Runtime.InvalidSecretsConfiguration", faults });
}

function unavailable(faults: Fault[]): Result<never, FaultReport> {
  return failure({ type: "Runtime.SecretsUnavailable", faults });
}
