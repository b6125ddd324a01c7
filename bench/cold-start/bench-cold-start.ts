import { makeCertificate } from "../../test/support/certificate.ts";
import { versionOf } from "../../test/support/runtimes.ts";
import { describeMachine } from "../machine.ts";
import type { Missing } from "../start/build-candidates.ts";
import { startServer } from "../start-server.ts";
import { describe } from "../statistics.ts";
import { table } from "../table.ts";
import { makeSecrets, type Task } from "../task.ts";
import { type ColdStart, measureColdStarts } from "./measure-cold-starts.ts";

const SECRETS = 5;
const LATENCY_MS = 20;

/** Prints how long functions take until they are ready, and what the layer adds. Certificates are put into `folder`. */
export async function benchColdStart(rounds: number, folder: string): Promise<void> {
  const { caFile, ...tls } = makeCertificate(folder);
  const secrets = makeSecrets(SECRETS);
  const { url, stop } = await startServer({ secrets, options: { latencyMs: LATENCY_MS, tls } });
  try {
    const task: Task = { count: SECRETS, secrets, caFile, url };
    const { starts, missing } = await measureColdStarts(task, rounds);
    console.log(report(starts, missing, rounds));
    if (missing.length > 0 && process.env.CI === "true") process.exitCode = 1;
  } finally {
    stop();
  }
}

function report(starts: ColdStart[], missing: Missing[], rounds: number): string {
  return [
    `Init: from the start of the runtime's process until it asks for its first invocation, with AWS's own runtime clients:`,
    table(
      ["", "Without the layer (ms)", `With it and ${SECRETS} secrets (ms)`, "The layer adds (ms)"],
      starts.map(toRow),
    ),
    ...missing.map(({ name, reason }) => `Not measured: ${name} (${reason}).`),
    `Median (middle half) of ${rounds} rounds in turn, against TLS on loopback with ${LATENCY_MS} ms for each answer; what the layer adds is the difference within a round; ${describeMachine()}.`,
  ].join("\n\n");
}

function toRow({ runtime, without, withLayer }: ColdStart): string[] {
  const added = withLayer.map((ms, round) => ms - (without[round] ?? Number.NaN));
  return [`${runtime.name} ${versionOf(runtime)}`, describe(without), describe(withLayer), describe(added)];
}
