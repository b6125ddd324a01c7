// Runs a function as Lambda does: an init of ten seconds, one more within the first invocation if that failed.

import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type RuntimeApi, type Step, startRuntimeApi } from "./runtime-api.ts";

export type FunctionOptions = {
  /** The runtime's command line; the bootstrap puts the exec wrapper in `env` before it. */
  command: string[];
  /** What starts the command line: a bootstrap like that of Lambda's managed runtimes, unless given. */
  bootstrap?: string[];
  /** Where the function's code is. */
  taskRoot: string;
  env: Record<string, string>;
  /** The function's own time limit; 3 s as in Lambda. */
  timeoutMs?: number;
  /** A folder of executables to start before the runtime. */
  extensions?: string;
  /** Whether extensions may hear of invocations: not on Managed Instances. */
  tellsOfInvocations?: boolean;
};

/** An invocation's payload, and whether the caller is told of an error. */
export type Invoked = { payload: string; failed: boolean };

export type LambdaFunction = {
  invoke(event?: unknown): Promise<Invoked>;
  /** How often the runtime was started. */
  starts(): number;
  /** The processes of the extensions. */
  extensions(): ChildProcess[];
  /** All that the processes wrote. */
  log(): string;
  stop(): Promise<void>;
};

export const BOOTSTRAP = fileURLToPath(new URL("bootstrap", import.meta.url));
const INIT_MS = 10_000;
const SHUTDOWN_MS = 2000;

type End = Step | { kind: "exit" | "crash"; how: string } | { kind: "timeout" };

export async function startFunction(options: FunctionOptions): Promise<LambdaFunction> {
  const { timeoutMs = 3000 } = options;
  let log = "";
  let starts = 0;
  let environment = await start();
  let up = (await environment.ends(INIT_MS)).kind === "ready";

  async function start() {
    starts++;
    return startEnvironment(options, (chunk) => {
      log += chunk;
    });
  }

  async function restart(): Promise<End> {
    await environment.kill();
    environment = await start();
    const end = await environment.ends(timeoutMs);
    up = end.kind === "ready";
    return end;
  }

  async function invoke(event: unknown = {}): Promise<Invoked> {
    const id = randomUUID();
    if (!up) {
      const end = await restart();
      if (!up) return failure(end, id, timeoutMs);
    }
    environment.api.invoke({ id, event: JSON.stringify(event), deadlineMs: Date.now() + timeoutMs });
    const end = await environment.ends(timeoutMs, (step) => step.kind !== "ready");
    if (end.kind === "response" || end.kind === "error") return { payload: end.body, failed: end.kind === "error" };
    up = false;
    return failure(end, id, timeoutMs);
  }

  async function stop() {
    environment.api.shutDown();
    if (environment.api.extensions.length > 0) await Promise.race([environment.extensionsEnd(), sleep(SHUTDOWN_MS)]);
    await environment.kill();
  }

  return { invoke, starts: () => starts, extensions: () => environment.extensions, log: () => log, stop };
}

async function startEnvironment(options: FunctionOptions, write: (chunk: string) => void) {
  const api = await startRuntimeApi(options);
  const env = { ...options.env, AWS_LAMBDA_RUNTIME_API: api.address };
  const steps = collectSteps(api);
  const extensions = (options.extensions ? readdirSync(options.extensions) : []).map((name) =>
    launch([join(String(options.extensions), name)], options, extensionEnv(env), write),
  );
  const crash = Promise.race(
    extensions.map((extension) =>
      once(extension, "close").then(([status, signal]): End => ({ kind: "crash", how: how(status, signal) })),
    ),
  );
  await Promise.race([
    api.haveRegistered(extensions.length),
    ...extensions.map((extension) => once(extension, "exit")),
  ]);
  const bootstrap = launch([...(options.bootstrap ?? [BOOTSTRAP]), ...options.command], options, env, write);
  const exit = once(bootstrap, "close").then(([status, signal]): End => ({ kind: "exit", how: how(status, signal) }));

  return {
    api,
    ends: (ms: number, wanted = (_: Step) => true) =>
      Promise.race([steps(wanted), exit, ...(extensions.length > 0 ? [crash] : []), timeout(ms)]),
    extensions,
    extensionsEnd: () => Promise.all(extensions.map((extension) => once(extension, "close"))),
    async kill() {
      for (const child of [bootstrap, ...extensions]) killGroup(child);
      await exit;
      api.close();
    },
  };
}

/** What Lambda tells an extension: nothing of the runtime's own. */
function extensionEnv(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !RUNTIME_ONLY.test(name)));
}

const RUNTIME_ONLY =
  /^(?:_.*|AWS_EXECUTION_ENV|AWS_LAMBDA_LOG_(?:GROUP|STREAM)_NAME|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

/** Steps are kept until somebody waits for them. */
function collectSteps(api: RuntimeApi) {
  const queue: Step[] = [];
  let wake = () => {};
  api.onStep = (step) => {
    queue.push(step);
    wake();
  };
  return async (wanted: (step: Step) => boolean): Promise<Step> => {
    for (;;) {
      const step = queue.shift();
      if (step && wanted(step)) return step;
      if (!step) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  };
}

function launch(
  [file = "", ...args]: string[],
  { taskRoot }: FunctionOptions,
  env: Record<string, string>,
  write: (chunk: string) => void,
): ChildProcess {
  const child = spawn(file, args, { cwd: taskRoot, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.setEncoding("utf8").on("data", write);
  child.stderr.setEncoding("utf8").on("data", write);
  return child;
}

function killGroup({ pid }: ChildProcess) {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

async function timeout(ms: number): Promise<End> {
  await sleep(ms, undefined, { ref: false });
  return { kind: "timeout" };
}

/** In Lambda's words, which are Go's. */
function how(status: number | null, signal: string | null): string {
  return status === null ? `signal: ${SIGNALS[String(signal)] ?? signal}` : `exit status ${status}`;
}

const SIGNALS: Record<string, string> = { SIGABRT: "aborted", SIGKILL: "killed", SIGSEGV: "segmentation fault" };

function failure(end: End, id: string, timeoutMs: number): Invoked {
  if (end.kind === "initError") return { payload: end.body, failed: true };
  const [errorType, message] =
    end.kind === "timeout"
      ? ["Sandbox.Timedout", `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`]
      : end.kind === "crash"
        ? ["Extension.Crash", `Extension exited with error: ${end.how}`]
        : ["Runtime.ExitError", `Runtime exited with error: ${end.kind === "exit" ? end.how : end.kind}`];
  return { payload: JSON.stringify({ errorType, errorMessage: `RequestId: ${id} Error: ${message}` }), failed: true };
}
