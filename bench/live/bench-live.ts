import { lazy } from "../../core/host/memoize.ts";
import { makeCertificate } from "../../test/support/certificate.ts";
import { describeMachine } from "../machine.ts";
import type { Options } from "../options.ts";
import { startServer } from "../start-server.ts";
import { makeSecrets, makeTasks, type Task } from "../task.ts";
import { listVerdicts, type Requirement } from "../verdicts.ts";
import { measureColdStarts } from "./cold-start.ts";
import { measureIdle } from "./idle-cache.ts";
import { buildLoad } from "./load.ts";
import { reportColdStarts } from "./report-cold-start.ts";
import { reportIdle } from "./report-idle.ts";
import { reportRotation } from "./report-rotation.ts";
import { reportServing } from "./report-serving.ts";
import { measureRotation } from "./rotation.ts";
import { measureServing } from "./serving.ts";

/** A part of the report, and what the cache is to reach there. */
export type Section = { text: string; requirements: Requirement[] };

type Part = { name: string; measure(): Promise<Section> };

const SECRETS = 5;
const LATENCY_MS = 20;

/** Measures one thing after another, and prints each as soon as it is known. */
export async function benchLive({ rounds, requests }: Options, folder: string): Promise<void> {
  const load = lazy(() => buildLoad(folder));
  const parts: Part[] = [
    { name: "serving", measure: async () => reportServing(await measureServing(load(), requests, folder)) },
    { name: "rotation under load", measure: async () => reportRotation(await measureRotation(load())) },
    {
      name: "cold start",
      measure: () =>
        withTask(folder, async (task) => reportColdStarts(await measureColdStarts(task, rounds), rounds, LATENCY_MS)),
    },
    { name: "idle", measure: () => withTask(folder, async (task) => reportIdle(await measureIdle(task, folder))) },
  ];
  const requirements: Requirement[] = [];
  for (const part of parts) {
    const section = await measure(part);
    console.log(`${section.text}\n`);
    requirements.push(...section.requirements);
  }
  console.log(`${listVerdicts(requirements)}\n\n${describeMachine()}.`);
}

/** One that fails keeps no other from being measured. */
async function measure({ name, measure }: Part): Promise<Section> {
  try {
    return await measure();
  } catch (error) {
    process.exitCode = 1;
    return { text: `Not measured: ${name} (${(error as Error).message}).`, requirements: [] };
  }
}

async function withTask(folder: string, measure: (task: Task) => Promise<Section>): Promise<Section> {
  const { caFile, ...tls } = makeCertificate(folder);
  const secrets = makeSecrets(SECRETS);
  const { url, stop } = await startServer({ secrets, options: { latencyMs: LATENCY_MS, tls } });
  try {
    const tasks = makeTasks([SECRETS], { secrets, caFile, url });
    return await measure(tasks[0] as Task);
  } finally {
    stop();
  }
}
