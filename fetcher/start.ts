import type { Fault } from "../core/fault/fault.ts";
import { type Result, success } from "../core/fault/result.ts";
import type { Env } from "../core/host/env.ts";
import type { Log } from "../core/host/log.ts";
import type { SecretFile } from "../core/values/secret-file.ts";
import { describeSkipped } from "../core/values/skipped.ts";
import { buildEnvironment, type Environment } from "../core/values/variables.ts";
import type { Command } from "./command.ts";
import { type Execve, execute } from "./execute.ts";
import type { FetchOutcomes } from "./fetch-from-services.ts";
import { fetchValues } from "./fetch-values.ts";
import { invalid, type Outcome, unavailable } from "./outcome.ts";
import { prepareStart } from "./prepare.ts";
import { type Counts, countRequests, logSummary, logVersions } from "./summary.ts";

type Host<T> = { fetch: FetchOutcomes; execve: Execve<T> };

/** Starts the command with the values in its environment and in files, or leaves nothing behind. */
export async function start<T>(
  env: Env,
  found: Result<Command, Fault[]>,
  log: Log,
  host: Host<T>,
): Promise<Outcome<T>> {
  const gathered = await gather(env, found, log, host.fetch);
  if (!gathered.ok) return gathered;
  const { command, variables, files, counts } = gathered.value;
  const written = await write(files);
  if (written.faults.length > 0) return unavailable(written.faults);
  logSummary(counts, variables.size, log);
  const executed = await execute(command, variables, env, log, host.execve);
  if (executed.ok) return executed;
  written.undo();
  return unavailable([executed.error]);
}

/** What the command is started with. */
type Gathered = Environment & { command: Command; counts: Counts };

/** A function of its own, at whose end the entries are freed: those of a large file take most of the memory. */
async function gather(
  env: Env,
  found: Result<Command, Fault[]>,
  log: Log,
  fetch: FetchOutcomes,
): Promise<Outcome<Gathered>> {
  const prepared = await prepareStart(env, found);
  if (!prepared.ok) return invalid(prepared.error);
  const { command, plan } = prepared.value;
  const { entries, outcomes } = await fetchValues(prepared.value, log, fetch);
  const { variables, files, skipped, faults } = buildEnvironment(entries);
  if (faults.length > 0) return unavailable(faults);
  for (const line of describeSkipped(skipped)) log("WARN", line);
  logVersions(plan, outcomes, log);
  return success({ command, variables, files, counts: countRequests(plan) });
}

async function write(files: SecretFile[]): Promise<{ faults: Fault[]; undo(): void }> {
  if (files.length === 0) return { faults: [], undo() {} };
  // Loaded only here: most functions have no files.
  const { writeFiles } = await import("../core/files/write-files.ts");
  return writeFiles(files);
}
