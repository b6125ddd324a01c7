import { type Conditions, isUnconditional } from "../conditions/conditions.ts";
import { startRelay } from "../conditions/relay.ts";
import { type Job, measure } from "../measure.ts";
import type { Meter } from "../meter.ts";
import { makeTasks, type Task } from "../task.ts";
import type { Candidate } from "./candidates.ts";
import { toMeasurements } from "./measurements.ts";
import { judge } from "./requirements.ts";
import type { Run } from "./results.ts";
import { toIdleRow, toRows } from "./rows.ts";

export const COUNTS = [1, 5, 20, 50];
const COUNTS_WITHIN_SHARE = [1, 5];

/** What runs have in common. `engine` is one of `idles`. */
export type Subject = {
  candidates: Candidate[];
  idles: Job[];
  engine: Job;
  store: Omit<Task, "count">;
  rounds: number;
  meter: Meter;
};

/** Measures all that there is, in turn, under the same conditions. Requirements are for a run without any. */
export async function measureRun(conditions: Conditions, subject: Subject): Promise<Run> {
  const { candidates, idles, engine, store, rounds, meter } = subject;
  const { rttMs, cpuShare } = conditions;
  const counts = cpuShare === undefined ? COUNTS : COUNTS_WITHIN_SHARE;
  const relay = rttMs === undefined ? undefined : await startRelay(store.url, rttMs);
  try {
    const measurements = toMeasurements(candidates, makeTasks(counts, { ...store, url: relay?.url ?? store.url }));
    await measure([...idles, ...measurements], { rounds, cpuShare }, meter);
    return {
      conditions,
      rounds,
      counts,
      rows: toRows(candidates, measurements),
      idles: idles.map(toIdleRow),
      requirements: isUnconditional(conditions) ? judge(measurements, engine) : [],
    };
  } finally {
    relay?.stop();
  }
}
