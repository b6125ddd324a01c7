import { join } from "node:path";
import { LAYER } from "../../layer/paths.ts";
import { PRINT_ENVIRON, parseEnviron } from "../../test/support/environ.ts";
import { lambdaEnv, run } from "../../test/support/run.ts";
import { type Axis, type Point, PREFIX } from "./axes.ts";
import type { Runner, Usage } from "./runner.ts";

/** An axis, and what a start took at each of its points, by round. */
export type Growth = Axis & { usages: Usage[][] };

type Task = Point & { env: Record<string, string>; usages: Usage[] };

const WRAPPER = join(LAYER, "wrapper");
const WARM_UP_ROUNDS = 3;

/** Starts a program at every point of every axis once a round, in turn. Throws where one has wrong variables. */
export async function measureGrowth(axes: Axis[], url: string, rounds: number, runner: Runner): Promise<Growth[]> {
  const tasks = axes.map(({ points }) => points.map((point) => toTask(point, url)));
  for (const task of tasks.flat()) await check(task);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const { env, usages } of tasks.flat()) {
      const usage = await runner([WRAPPER, "/bin/true"], env);
      if (round >= 0) usages.push(usage);
    }
  }
  return axes.map((axis, index) => ({ ...axis, usages: (tasks[index] ?? []).map(({ usages }) => usages) }));
}

function toTask(point: Point, url: string): Task {
  return { ...point, env: { ...lambdaEnv(url, {}), ...point.settings }, usages: [] };
}

async function check({ settings, env, valueBytes }: Task): Promise<void> {
  const { status, stdout, stderr } = await run(WRAPPER, PRINT_ENVIRON, env);
  if (status !== 0) throw new Error(`a start with ${JSON.stringify(settings)} fails: ${stderr.trim()}`);
  const values = [...parseEnviron(stdout)].flatMap(([name, value]) => (name.startsWith(PREFIX) ? value.length : []));
  const sum = values.reduce((total, bytes) => total + bytes, 0);
  if (sum !== valueBytes) throw new Error(`a start with ${JSON.stringify(settings)} gives values of ${sum} bytes`);
}
