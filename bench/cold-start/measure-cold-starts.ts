import { missingProgram } from "../../test/support/needs.ts";
import { missingForRoot } from "../../test/support/root.ts";
import { ALL_RUNTIMES, type Prepared, type Runtime } from "../../test/support/runtimes.ts";
import type { Missing } from "../start/build-candidates.ts";
import type { Task } from "../task.ts";
import { startAndStop } from "./start-function.ts";

/** Milliseconds of init, by round. */
export type ColdStart = { runtime: Runtime; without: number[]; withLayer: number[] };

type Candidate = ColdStart & { prepared: Prepared };

const NAMES = ["Python", "Node.js", "Java"];
const WARM_UP_ROUNDS = 3;

/** Starts a function of each runtime, without the layer and with it, once a round, in turn. */
export async function measureColdStarts(
  task: Task,
  rounds: number,
): Promise<{ starts: ColdStart[]; missing: Missing[] }> {
  const { starts, missing } = prepareAll();
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const { prepared, without, withLayer } of starts) {
      const times = [await startAndStop(prepared, task, false), await startAndStop(prepared, task, true)] as const;
      if (round < 0) continue;
      without.push(times[0]);
      withLayer.push(times[1]);
    }
  }
  return { starts, missing };
}

function prepareAll(): { starts: Candidate[]; missing: Missing[] } {
  const starts: Candidate[] = [];
  const missing: Missing[] = [];
  for (const runtime of ALL_RUNTIMES.filter(({ name }) => NAMES.includes(name))) {
    try {
      const reason = missingForRoot() ?? missingProgram(runtime.programs);
      if (reason) throw new Error(reason);
      starts.push({ runtime, prepared: runtime.prepare(), without: [], withLayer: [] });
    } catch (error) {
      missing.push({ name: runtime.name, reason: (error as Error).message });
    }
  }
  return { starts, missing };
}
