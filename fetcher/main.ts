import type { Command } from "./command.ts";
import { type Config, configure } from "./configure.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { explainExecFailure } from "./exec-failure.ts";
import { type Cause, internalError, SecretsError } from "./fault.ts";
import { fetchAll } from "./fetch.ts";
import type { SecretFile } from "./files.ts";
import { postInitError } from "./init-error.ts";
import { createLog } from "./log.ts";
import type { Planned } from "./plan.ts";
import { logFaults } from "./report.ts";
import { endpointOf } from "./service.ts";
import { describeSkipped } from "./skipped.ts";
import { createSource } from "./source.ts";
import { buildEnvironment, type Environment, type FormatReader, type Outcomes, type Skipped } from "./variables.ts";
import { describeWaiting } from "./waiting.ts";

const log = createLog(process.env, (line) => process.stderr.write(line));
await main();

/** Replaces this process with the function's runtime, or ends it with every reason in the log. */
async function main(): Promise<void> {
  const [, fetcher = "", ...runtime] = process.argv;
  const isCheck = runtime.length === 1 && runtime[0] === "--check";
  try {
    const config = await configure(process.env, isCheck ? undefined : runtime, fetcher.replace(/[^/]*$/, "../wrapper"));
    const deadline = startDeadline(config.settings.timeoutMs);
    const outcomes = await fetchPlan(config, deadline);
    const readFormat = await loadFormat(config.plan);
    const reading = extend(deadline);
    if (!config.command) return await check(config.plan, outcomes, reading, readFormat);
    const { variables, files, skipped } = resolve(config.plan, outcomes, reading, readFormat);
    for (const line of describeSkipped(skipped)) log("WARN", line);
    const undo = files.length > 0 ? await write(files) : undefined;
    start(config.command, variables, undo);
  } catch (error) {
    const report = error instanceof SecretsError ? error : internalError(error);
    logFaults(report, log, isCheck ? "The function would not start" : "The function was not started");
    const { AWS_LAMBDA_RUNTIME_API } = process.env;
    // A check in a function that runs already is no start that has failed.
    if (AWS_LAMBDA_RUNTIME_API && !isCheck) await postInitError(AWS_LAMBDA_RUNTIME_API, report);
    process.exit(1);
  }
}

/** Where a call has taken all the time, the other values are still read, so that the report has every fault. */
function extend({ totalMs, left }: Deadline): Deadline {
  return startDeadline(Math.max(left(), totalMs / 10));
}

async function fetchPlan({ settings, plan, credentials }: Config, deadline: Deadline): Promise<Outcomes> {
  if (plan.length === 0) return new Map();
  const failures = new Map<string, Cause>();
  const source = createSource(settings, credentials, deadline, (fetch, cause) =>
    failures.set(endpointOf(fetch), cause),
  );
  return await fetchAll(plan, source, deadline, (waiting) => {
    for (const line of describeWaiting(waiting, plan, failures)) log("WARN", line);
  });
}

type Resolved = Environment & { skipped: Skipped[] };

function resolve(plan: Planned[], outcomes: Outcomes, deadline: Deadline, readFormat?: FormatReader): Resolved {
  const { faults, ...environment } = buildEnvironment(plan, outcomes, readFormat, deadline);
  if (faults.length > 0) throw new SecretsError("Runtime.SecretsUnavailable", faults);
  return environment;
}

/** Prints what was found, in place of a start. Throws where a start would. */
async function check(plan: Planned[], outcomes: Outcomes, deadline: Deadline, readFormat?: FormatReader) {
  const { formatCheck } = await import("./check.ts");
  const checked = plan.map((planned) => ({
    ...planned,
    outcome: outcomes.get(planned.fetch),
    ...buildEnvironment([planned], outcomes, readFormat),
  }));
  process.stdout.write(formatCheck(checked));
  resolve(plan, outcomes, deadline, readFormat);
  process.exit(0);
}

async function loadFormat(plan: Planned[]): Promise<FormatReader | undefined> {
  // Loaded only here: it is larger than all else.
  return plan.some(({ entry }) => entry.format) ? (await import("./x509-svid.ts")).readSvid : undefined;
}

/** Gives what undoes it. */
async function write(files: SecretFile[]): Promise<() => void> {
  // Loaded only here: most functions have no files.
  const { writeFiles } = await import("./files.ts");
  const { faults, undo } = writeFiles(files);
  if (faults.length > 0) throw new SecretsError("Runtime.SecretsUnavailable", faults);
  return undo;
}

/** Returns only by throwing. */
function start(command: Command, variables: Map<string, string>, undo?: () => void): void {
  const overridden = [...variables.keys()].filter((name) => Object.hasOwn(process.env, name));
  if (overridden.length > 0) {
    log("WARN", `${overridden.join(", ")}: the secret's value replaces the one in the function's configuration.`);
  }
  log("DEBUG", `Starting ${command.file} with ${[...variables.keys()].join(", ") || "no secrets"}.`);
  try {
    process.execve(command.file, command.argv, { ...process.env, ...Object.fromEntries(variables) });
  } catch (error) {
    undo?.();
    throw new SecretsError("Runtime.SecretsUnavailable", [explainExecFailure(command.file, error, variables)]);
  }
}
