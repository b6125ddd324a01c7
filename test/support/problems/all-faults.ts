// What the program says of each kind of fault, from the program itself.

import { type Fault, internalError } from "../../../core/fault/fault.ts";
import { logFaults } from "../../../core/fault/report.ts";
import { createLog } from "../../../core/host/log.ts";
import { httpRequest } from "../../../engine/node/http-request.ts";
import { explainExecFailure } from "../../../fetcher/exec-failure.ts";
import { faultsOfConfiguration } from "./configuration.ts";
import { problemsOfFiles } from "./files.ts";
import { problemsOfIdentities } from "./identities.ts";
import { faultsOfLiveCache } from "./live-cache.ts";
import { problemsOfNetwork } from "./network.ts";
import { faultsOfValues } from "./values.ts";

/** Beside those of the services, and of the connection to them, that docs/results.md has. */
export async function allFaults(): Promise<Fault[]> {
  // The engine's own functions, for what makes requests.
  Object.assign(globalThis, { httpRequest, preconnect() {} });
  const ofSecret = [...(await problemsOfNetwork()), ...problemsOfIdentities()];
  return [
    ...(await faultsOfConfiguration()),
    ...ofSecret.map((problem) => ({ ...problem, subject: "DB_PASSWORD", secret: "prod/db" })),
    ...faultsOfValues(),
    ...problemsOfFiles().map((problem) => ({ ...problem, subject: "TLS_KEY" })),
    ...faultsOfRuntime(),
    ...(await faultsOfLiveCache()),
  ];
}

/** The line of the log. */
export function lineOf(fault: Fault): string {
  const lines: string[] = [];
  const log = createLog({}, (line) => lines.push(line));
  logFaults({ type: "Runtime.SecretsUnavailable", faults: [fault] }, log, "");
  return lines[0]?.trimEnd() ?? "";
}

function faultsOfRuntime(): Fault[] {
  const variables = new Map([["DB_PASSWORD", "value"]]);
  const failures = ["E2BIG", "ENOEXEC"].map((code) => explainExecFailure("/var/task/app", { code }, variables));
  return [...failures, ...internalError(new TypeError()).faults];
}
