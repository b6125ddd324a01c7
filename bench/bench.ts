// Usage: npm run bench -- [--rounds N] [--peer NAME=COMMAND]...
//        npm run bench -- --live [--rounds N] [--requests N]
//
// Prints how long it takes until a program has its secrets, with this layer and in other ways, all
// measured in turn. A peer's COMMAND is run by sh; it is to start $PROGRAM (unquoted: it may have
// arguments) with one variable for each secret in $SECRET_NAMES, of the secret's own name.
//
// With --live: how fast and how steadily the live cache serves, beside Node's own server; whether all
// that it serves is whole while secrets rotate; what it adds to a cold start; what it does when idle.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate } from "../test/support/certificate.ts";
import { buildCandidates } from "./build-candidates.ts";
import { type Candidate, listBuilds, THIS_LAYER } from "./candidates.ts";
import { idle, idleEngine } from "./idle.ts";
import { benchLive } from "./live/bench-live.ts";
import { measure } from "./measure.ts";
import { toMeasurements } from "./measurements.ts";
import { type Options, readOptions } from "./options.ts";
import { type Figures, report } from "./report.ts";
import { startServer } from "./start-server.ts";
import { makeSecrets, makeTasks, type Task } from "./task.ts";

const COUNTS = [1, 5];
const LATENCY_MS = 20;

const folder = mkdtempSync(join(tmpdir(), "secrets-wrapper-bench-"));
try {
  const options = readOptions(process.argv.slice(2));
  if (options.live) await benchLive(options, folder);
  else await bench(options);
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function bench({ rounds, peers }: Options): Promise<void> {
  const { caFile, ...tls } = makeCertificate(folder);
  const secrets = makeSecrets(Math.max(...COUNTS));
  const server = await startServer({ secrets, options: { latencyMs: LATENCY_MS, tls } });
  try {
    const tasks = makeTasks(COUNTS, { secrets, caFile, url: server.url });
    const { candidates, missing } = await buildCandidates(listBuilds(peers), tasks);
    const ours = missing.find(({ name }) => name === THIS_LAYER);
    if (ours) throw new Error(`there is nothing to compare with: ${ours.reason}`);

    const figures = await measureAll(candidates, tasks, rounds);
    console.log(report({ ...figures, missing, rounds, latencyMs: LATENCY_MS }));
    if (missing.length > 0 && process.env.CI === "true") process.exitCode = 1;
  } finally {
    server.stop();
  }
}

async function measureAll(candidates: Candidate[], tasks: Task[], rounds: number): Promise<Figures> {
  const measurements = toMeasurements(candidates, tasks);
  const engine = idleEngine(folder);
  const interpreters = candidates.flatMap(({ interpreter }) => interpreter ?? []);
  const idles = [idle("`/bin/true`", "/bin/true"), engine, ...interpreters];
  await measure([...idles, ...measurements], rounds);
  return { candidates, measurements, idles, engine };
}
