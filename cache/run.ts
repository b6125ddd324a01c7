import type { Server } from "node:http";
import { findMisspelt } from "../core/config/find-misspelt.ts";
import { type Fault, type FaultReport, internalError, type Problem } from "../core/fault/fault.ts";
import { logFaults } from "../core/fault/report.ts";
import { failure, type Result } from "../core/fault/result.ts";
import { type Env, isSnapStart } from "../core/host/env.ts";
import { createLog, type Log } from "../core/host/log.ts";
import { isSameFile } from "../core/host/same-file.ts";
import { extensionsApi } from "./extensions-api.ts";
import { createFront } from "./front.ts";
import { refusal } from "./http/answer.ts";
import { listen } from "./http/server.ts";
import { type LifeCycle, live } from "./life-cycle.ts";
import type { Service } from "./service.ts";
import { type CacheSettings, readCacheSettings } from "./settings.ts";

/** Serves until Lambda ends the environment; gives the status to exit with. `wrapper`: the script of this layer. */
export async function run(env: Env, wrapper: string, stderr: (line: string) => void): Promise<number> {
  const log = createLog(env, stderr);
  const settings = readCacheSettings(env);
  const lambda = env.AWS_LAMBDA_RUNTIME_API ? extensionsApi(env.AWS_LAMBDA_RUNTIME_API, NAME) : undefined;
  const front = createFront();
  const server = await listen(settings.port, front.answer);
  // The runtime starts when this has registered: what its code asks for meanwhile is waited for.
  const registration = lambda?.register();
  const service = await load(env, settings, log);
  const registered = await registration;
  if (registered && !registered.ok) return end(unavailable([toFault(registered.error)]), log);

  const isWrapped = isSameFile(env.AWS_LAMBDA_EXEC_WRAPPER ?? "", wrapper);
  const isSnapshot = isSnapStart(env);
  if (isSnapshot) front.refuseAfter(INVOCATION_MS, NOT_INVOKED);
  else front.open(service.ok ? service.value.answer : () => NOT_CONFIGURED);
  // The wrapper warns of these by itself.
  if (!isWrapped) for (const line of await findMisspelt(env)) log("WARN", line);
  const report = await begin(server, service, { isWrapped, isSnapshot });
  // The wrapper reports all but the port, which it does not need.
  if (report && !(isWrapped && server.ok)) {
    const status = end(report, log);
    await lambda?.initError(report);
    return status;
  }
  const cycle: LifeCycle = { front, service: service.ok ? service.value : undefined, isWrapped, isSnapshot, log };
  const status = await live(cycle, lambda, registered?.value ?? []);
  if (server.ok) close(server.value);
  return status;
}

/** The name of the file in /opt/extensions. */
const NAME = "secrets-wrapper";

async function load(env: Env, settings: CacheSettings, log: Log): Promise<Result<Service, FaultReport>> {
  try {
    // Loaded only here: what takes longest comes after the registration.
    const { startService } = await import("./service.ts");
    const service = await startService(env, settings, log);
    return service.ok ? service : failure({ type: "Runtime.InvalidSecretsConfiguration", faults: service.error });
  } catch (error) {
    return failure(internalError(error));
  }
}

type Situation = Pick<LifeCycle, "isWrapped" | "isSnapshot">;

/** Has everything in place before the first invocation, or says why it cannot. */
async function begin(
  server: Result<Server, Problem>,
  service: Result<Service, FaultReport>,
  { isWrapped, isSnapshot }: Situation,
): Promise<FaultReport | undefined> {
  if (!server.ok) return unavailable([toFault(server.error)]);
  if (!service.ok) return service.error;
  if (isSnapshot) return undefined;
  const faults = await service.value.prefetch();
  if (faults.length === 0 && !isWrapped) faults.push(...(await service.value.writeFiles()));
  return faults.length > 0 ? unavailable(faults) : undefined;
}

function toFault(problem: Problem): Fault {
  return { subject: problem.code === "PortInUse" ? "SECRETS_PORT" : "secrets-wrapper", ...problem };
}

function unavailable(faults: Fault[]): FaultReport {
  return { type: "Runtime.SecretsUnavailable", faults };
}

function end(report: FaultReport, log: Log): number {
  logFaults(report, log, "The live cache was not started");
  return 1;
}

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}

/** Lambda tells the function of an invocation as soon as it tells us: its first request may come before that is read. */
const INVOCATION_MS = 250;
const NOT_INVOKED = refusal(
  503,
  "NotReady",
  "Under SnapStart nothing is fetched before the first invocation: the value would be stored in the snapshot.",
);
const NOT_CONFIGURED = refusal(503, "NotReady", "The configuration has faults: see the function's log.");
