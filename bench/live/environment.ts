import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { LAYER, LIVE_LAYER } from "../../layer/paths.ts";
import { freePort } from "../../test/support/free-port.ts";
import { functionEnv } from "../../test/support/function-env.ts";
import { type LambdaFunction, startFunction } from "../../test/support/lambda-host.ts";
import { type Task, toEnv } from "../task.ts";

/** What an environment has besides the runtime. */
export type Setup = { name: string; wrapper?: string; extensions?: string };

export const NO_LAYER: Setup = { name: "No layer, values in plain variables" };
export const PLAIN: Setup = { name: "The layer's wrapper", wrapper: join(LAYER, "wrapper") };
export const LIVE: Setup = {
  name: "The live layer's wrapper, with the cache",
  wrapper: join(LIVE_LAYER, "wrapper"),
  extensions: join(LIVE_LAYER, "extensions"),
};
export const LIVE_UNWRAPPED: Setup = {
  name: "The live layer's cache, without the wrapper",
  extensions: join(LIVE_LAYER, "extensions"),
};

/** An environment that has started, and in which milliseconds. */
export type Started = { lambda: LambdaFunction; runningMs: number; readyMs: number };

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TOLD_WITHIN_MS = 30_000;

/** Starts an environment; throws where its runtime has not the task's secrets. */
export async function startEnvironment({ wrapper, extensions }: Setup, task: Task): Promise<Started> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  const told = once(probe, "connection", { signal: AbortSignal.timeout(TOLD_WITHIN_MS) });
  const env = {
    ...functionEnv(HERE),
    ...toEnv(task, []),
    ...(wrapper ? { AWS_LAMBDA_EXEC_WRAPPER: wrapper } : task.secrets),
    SECRETS_PORT: String(await freePort()),
    PROBE_PORT: String(port),
  };
  const started = performance.now();
  const starting = startFunction({
    command: [join(HERE, "runtime")],
    taskRoot: HERE,
    env,
    ...(extensions && { extensions }),
  });
  const [connection] = await told;
  const runningMs = performance.now() - started;
  const values = await text(connection);
  const lambda = await starting;
  const readyMs = performance.now() - started;
  probe.close();
  const right = Object.values(task.secrets).map((value) => `${value}\n`);
  if (values === right.join("")) return { lambda, runningMs, readyMs };
  await lambda.stop();
  throw new Error(`the runtime has wrong secrets: ${lambda.log()}`);
}
