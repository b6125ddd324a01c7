// AWS's Runtime Interface Emulator, where it is installed: no package registry has it.

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { BOOTSTRAP, type FunctionOptions, type LambdaFunction } from "./lambda-host.ts";

/** The emulator's program: where AWS_LAMBDA_RIE says, else where AWS's documentation installs it. */
export function findEmulator(): string | undefined {
  const file = process.env.AWS_LAMBDA_RIE ?? join(homedir(), ".aws-lambda-rie", "aws-lambda-rie");
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined;
  }
}

/** As the project's own host, but that init is part of the first invocation and is never repeated. */
export async function startEmulated(emulator: string, options: FunctionOptions): Promise<LambdaFunction> {
  const [own, runtimeApi] = [await freePort(), await freePort()];
  const addresses = ["--runtime-interface-emulator-address", `127.0.0.1:${own}`];
  addresses.push("--runtime-api-address", `127.0.0.1:${runtimeApi}`);
  const child = spawn(emulator, [...addresses, ...(options.bootstrap ?? [BOOTSTRAP]), ...options.command], {
    cwd: options.taskRoot,
    env: { ...options.env, AWS_LAMBDA_FUNCTION_TIMEOUT: String((options.timeoutMs ?? 3000) / 1000) },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk) => {
      log += chunk;
    });
  }

  async function invoke(event: unknown = {}) {
    const url = `http://127.0.0.1:${own}/2015-03-31/functions/function/invocations`;
    const response = await untilListening(() => fetch(url, { method: "POST", body: JSON.stringify(event) }));
    return { payload: await response.text(), failed: response.status !== 200 };
  }

  async function stop() {
    child.kill();
  }

  return { invoke, starts: () => 1, extensions: () => [], log: () => log, stop };
}

async function untilListening<T>(attempt: () => Promise<T>, attempts = 100): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (attempts === 0) throw error;
    await sleep(50);
    return await untilListening(attempt, attempts - 1);
  }
}
