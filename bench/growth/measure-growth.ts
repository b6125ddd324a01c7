import { join } from "node:path";
import { LAYER } from "../../layer/paths.ts";
import { PRINT_ENVIRON, parseEnviron } from "../../test/support/environ.ts";
import { lambdaEnv, run } from "../../test/support/run.ts";
import { type Job, measure } from "../measure.ts";
import type { Meter } from "../meter.ts";
import { type Axis, type Point, PREFIX } from "./axes.ts";

/** An axis, and the starts at each of its points. */
export type Growth = Axis & { jobs: Job[] };

const WRAPPER = join(LAYER, "wrapper");

/** Starts a program at every point of every axis once a round, in turn. Throws where one has wrong variables. */
export async function measureGrowth(axes: Axis[], url: string, rounds: number, meter: Meter): Promise<Growth[]> {
  for (const point of axes.flatMap(({ points }) => points)) await check(point, toEnv(point, url));
  const growths = axes.map((axis) => ({ ...axis, jobs: axis.points.map((point) => toJob(axis, point, url)) }));
  await measure(
    growths.flatMap(({ jobs }) => jobs),
    { rounds },
    meter,
  );
  return growths;
}

function toJob({ name, unit }: Axis, point: Point, url: string): Job {
  const order = { command: [WRAPPER, "/bin/true"], env: toEnv(point, url) };
  return { name: `${name}, ${point.work} ${unit}`, order, samples: [] };
}

function toEnv({ settings }: Point, url: string): Record<string, string> {
  return { ...lambdaEnv(url, {}), ...settings };
}

async function check({ settings, valueBytes }: Point, env: Record<string, string>): Promise<void> {
  const { status, stdout, stderr } = await run(WRAPPER, PRINT_ENVIRON, env);
  if (status !== 0) throw new Error(`a start with ${JSON.stringify(settings)} fails: ${stderr.trim()}`);
  const values = [...parseEnviron(stdout)].flatMap(([name, value]) => (name.startsWith(PREFIX) ? value.length : []));
  const sum = values.reduce((total, bytes) => total + bytes, 0);
  if (sum !== valueBytes) throw new Error(`a start with ${JSON.stringify(settings)} gives values of ${sum} bytes`);
}
