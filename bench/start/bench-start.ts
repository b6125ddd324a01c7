import { makeCertificate } from "../../test/support/certificate.ts";
import { describeMachine } from "../machine.ts";
import { type Job, measure } from "../measure.ts";
import { startMeter } from "../meter.ts";
import type { Options } from "../options.ts";
import { startServer } from "../start-server.ts";
import { makeSecrets, makeTasks, type Task } from "../task.ts";
import { buildCandidates, type Missing } from "./build-candidates.ts";
import { listBuilds } from "./builds.ts";
import { type Candidate, THIS_LAYER } from "./candidates.ts";
import { idle, idleEngine } from "./idle.ts";
import { type Measurement, toMeasurements } from "./measurements.ts";
import { report } from "./report.ts";
import { judge } from "./requirements.ts";
import { type Conditions, type Results, saveResults } from "./results.ts";
import { toIdleRow, toRows } from "./rows.ts";
import { measureSize } from "./size.ts";
import { readVersions } from "./versions.ts";

const COUNTS = [1, 5, 20, 50];
const LATENCY_MS = 20;

/** What it takes until a program has its secrets, in all ways in turn. */
export async function benchStart({ rounds, peers, save }: Options, folder: string): Promise<void> {
  const conditions = { rounds, latencyMs: LATENCY_MS };
  const { caFile, ...tls } = makeCertificate(folder);
  const secrets = makeSecrets(Math.max(...COUNTS));
  const server = await startServer({ secrets, options: { latencyMs: conditions.latencyMs, tls } });
  try {
    const tasks = makeTasks(COUNTS, { secrets, caFile, url: server.url });
    const { candidates, missing } = await buildCandidates(listBuilds(peers), tasks);
    const ours = missing.find(({ name }) => name === THIS_LAYER);
    if (ours) throw new Error(`there is nothing to compare with: ${ours.reason}`);

    const results = toResults(await measureAll(candidates, tasks, rounds, folder), missing, conditions);
    console.log(report(results));
    if (save) saveResults(results);
    if (missing.length > 0 && process.env.CI === "true") process.exitCode = 1;
  } finally {
    server.stop();
  }
}

/** All that was measured. `engine` is one of `idles`. */
type Figures = { candidates: Candidate[]; measurements: Measurement[]; idles: Job[]; engine: Job };

async function measureAll(candidates: Candidate[], tasks: Task[], rounds: number, folder: string): Promise<Figures> {
  const measurements = toMeasurements(candidates, tasks);
  const engine = idleEngine(folder);
  const interpreters = new Set(candidates.flatMap(({ interpreter }) => interpreter ?? []));
  const idles = [idle("`/bin/true`", "/bin/true"), engine, ...interpreters];
  const meter = startMeter();
  try {
    await measure([...idles, ...measurements], rounds, meter);
  } finally {
    meter.stop();
  }
  return { candidates, measurements, idles, engine };
}

function toResults(figures: Figures, missing: Missing[], conditions: Conditions): Results {
  const { candidates, measurements, idles, engine } = figures;
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    versions: readVersions(),
    conditions,
    counts: COUNTS,
    rows: toRows(candidates, measurements),
    idles: idles.map(toIdleRow),
    sizes: candidates.flatMap(({ name, deployed }) => (deployed ? { candidate: name, ...measureSize(deployed) } : [])),
    requirements: judge(measurements, engine),
    missing,
  };
}
