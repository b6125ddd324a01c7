import type { Task } from "../task.ts";
import { LIVE, LIVE_UNWRAPPED, NO_LAYER, PLAIN, type Setup, startEnvironment } from "./environment.ts";

/** Milliseconds from the start of an environment, by round. */
export type ColdStart = { setup: Setup; running: number[]; ready: number[] };

const WARM_UP_ROUNDS = 3;

/** Starts an environment of each kind once a round, in turn. */
export async function measureColdStarts(task: Task, rounds: number): Promise<ColdStart[]> {
  const all: ColdStart[] = [NO_LAYER, PLAIN, LIVE, LIVE_UNWRAPPED].map((setup) => ({ setup, running: [], ready: [] }));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const { setup, running, ready } of all) {
      const { lambda, runningMs, readyMs } = await startEnvironment(setup, task);
      await lambda.stop();
      if (round < 0) continue;
      running.push(runningMs);
      ready.push(readyMs);
    }
  }
  return all;
}
