import { makeCertificate } from "../../test/support/certificate.ts";
import { keep, originHere } from "../kept.ts";
import type { Options } from "../options.ts";
import { startServer } from "../start-server.ts";
import { makeSecrets, type Task } from "../task.ts";
import { COLD_START_FILE, toColdStartRow } from "./cold-start-figures.ts";
import { measureColdStarts } from "./measure-cold-starts.ts";
import { reportColdStarts } from "./report-cold-starts.ts";

const SECRETS = 5;
const LATENCY_MS = 20;

/** Prints how long functions take until they are ready, and what the layer adds. Certificates are put into `folder`. */
export async function benchColdStart({ rounds, save }: Options, folder: string): Promise<void> {
  const { caFile, ...tls } = makeCertificate(folder);
  const secrets = makeSecrets(SECRETS);
  const { url, stop } = await startServer({ secrets, options: { latencyMs: LATENCY_MS, tls } });
  try {
    const task: Task = { count: SECRETS, secrets, caFile, url };
    const { starts, missing } = await measureColdStarts(task, rounds);
    const set = { rounds, count: SECRETS, latencyMs: LATENCY_MS };
    const figures = { ...originHere(), ...set, rows: starts.map(toColdStartRow), missing };
    console.log(reportColdStarts(figures));
    if (save) keep(COLD_START_FILE, figures);
    if (missing.length > 0 && process.env.CI === "true") process.exitCode = 1;
  } finally {
    stop();
  }
}
