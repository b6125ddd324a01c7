import { makeCertificate } from "../../test/support/certificate.ts";
import { type Conditions, missingFor, titleOf } from "../conditions/conditions.ts";
import { originHere } from "../kept.ts";
import { type Meter, startMeter } from "../meter.ts";
import type { Options } from "../options.ts";
import { startServer } from "../start-server.ts";
import { makeSecrets, makeTasks, type Task } from "../task.ts";
import { buildCandidates, type Missing } from "./build-candidates.ts";
import { listBuilds } from "./builds.ts";
import { type Candidate, THIS_LAYER } from "./candidates.ts";
import { idle, idleEngine } from "./idle.ts";
import { COUNTS, measureRun, type Subject } from "./measure-run.ts";
import { reportRest, reportRun } from "./report.ts";
import { type NotMeasured, type Results, type Run, saveResults } from "./results.ts";
import { measureSize } from "./size.ts";
import { readVersions } from "./versions.ts";

const LATENCY_MS = 20;
/** A run after the first has one round where that has so many: with a small share of a processor a round takes a minute. */
const LATER_RUNS = 25;

/** What it takes until a program has its secrets, in all ways in turn. Files are put into `folder`. */
export async function benchStart(options: Options, folder: string): Promise<void> {
  refuseImpossible(options.conditions);
  const { caFile, ...tls } = makeCertificate(folder);
  const secrets = makeSecrets(Math.max(...COUNTS));
  const server = await startServer({ secrets, options: { latencyMs: LATENCY_MS, tls } });
  const meter = startMeter();
  try {
    const results = await measureAll(options, { secrets, caFile, url: server.url }, meter, folder);
    console.log(reportRest(results));
    if (options.save) saveResults(results);
    const isPart = results.missing.length > 0 || results.runs.some((run) => "reason" in run);
    if (isPart && process.env.CI === "true") process.exitCode = 1;
  } finally {
    meter.stop();
    server.stop();
  }
}

/** What is asked for alone fails where it cannot be done. */
function refuseImpossible([conditions = {}, ...others]: Conditions[]): void {
  const reason = missingFor(conditions);
  if (reason && others.length === 0) throw new Error(`${titleOf(conditions)}: ${reason}`);
}

async function measureAll(
  { rounds, peers, conditions }: Options,
  store: Omit<Task, "count">,
  meter: Meter,
  folder: string,
): Promise<Results> {
  const { candidates, missing } = await buildCandidates(listBuilds(peers), makeTasks(COUNTS, store));
  const ours = missing.find(({ name }) => name === THIS_LAYER);
  if (ours) throw new Error(`there is nothing to compare with: ${ours.reason}`);
  const engine = idleEngine(folder);
  const interpreters = new Set(candidates.flatMap(({ interpreter }) => interpreter ?? []));
  const idles = [idle("`/bin/true`", "/bin/true"), engine, ...interpreters];
  const runs = await measureRuns(conditions, { candidates, idles, engine, store, rounds, meter });
  return { ...describeResults(candidates, missing), latencyMs: LATENCY_MS, runs };
}

/** Prints each when it is there. */
async function measureRuns(all: Conditions[], subject: Subject): Promise<(Run | NotMeasured)[]> {
  const runs: (Run | NotMeasured)[] = [];
  for (const [index, conditions] of all.entries()) {
    console.error(titleOf(conditions));
    const reason = missingFor(conditions);
    const rounds = index === 0 ? subject.rounds : Math.ceil(subject.rounds / LATER_RUNS);
    const run = reason ? { conditions, reason } : await measureRun(conditions, { ...subject, rounds });
    console.log(reportRun(run));
    runs.push(run);
  }
  return runs;
}

function describeResults(candidates: Candidate[], missing: Missing[]) {
  return {
    ...originHere(),
    versions: readVersions(),
    sizes: candidates.flatMap(({ name, deployed }) => (deployed ? { candidate: name, ...measureSize(deployed) } : [])),
    missing,
  };
}
