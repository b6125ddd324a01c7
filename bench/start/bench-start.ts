import { makeCertificate } from "../../test/support/certificate.ts";
import type { Options } from "../options.ts";
import { startServer } from "../start-server.ts";
import { makeSecrets, makeTasks, type Task } from "../task.ts";
import { buildCandidates } from "./build-candidates.ts";
import { type Candidate, listBuilds, THIS_LAYER } from "./candidates.ts";
import { idle, idleEngine } from "./idle.ts";
import { measure } from "./measure.ts";
import { toMeasurements } from "./measurements.ts";
import { type Figures, report } from "./report.ts";

const COUNTS = [1, 5];
const LATENCY_MS = 20;

/** How long it takes until a program has its secrets, in all ways in turn. */
export async function benchStart({ rounds, peers }: Options, folder: string): Promise<void> {
  const { caFile, ...tls } = makeCertificate(folder);
  const secrets = makeSecrets(Math.max(...COUNTS));
  const server = await startServer({ secrets, options: { latencyMs: LATENCY_MS, tls } });
  try {
    const tasks = makeTasks(COUNTS, { secrets, caFile, url: server.url });
    const { candidates, missing } = await buildCandidates(listBuilds(peers), tasks);
    const ours = missing.find(({ name }) => name === THIS_LAYER);
    if (ours) throw new Error(`there is nothing to compare with: ${ours.reason}`);

    const figures = await measureAll(candidates, tasks, rounds, folder);
    console.log(report({ ...figures, missing, rounds, latencyMs: LATENCY_MS }));
    if (missing.length > 0 && process.env.CI === "true") process.exitCode = 1;
  } finally {
    server.stop();
  }
}

async function measureAll(candidates: Candidate[], tasks: Task[], rounds: number, folder: string): Promise<Figures> {
  const measurements = toMeasurements(candidates, tasks);
  const engine = idleEngine(folder);
  const interpreters = candidates.flatMap(({ interpreter }) => interpreter ?? []);
  const idles = [idle("`/bin/true`", "/bin/true"), engine, ...interpreters];
  await measure([...idles, ...measurements], rounds);
  return { candidates, measurements, idles, engine };
}
