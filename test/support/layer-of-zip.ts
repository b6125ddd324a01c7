import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { functionEnv } from "./function-env.ts";
import { BOOTSTRAP, startFunction } from "./lambda-host.ts";
import { onMachine } from "./root.ts";
import { ALL_RUNTIMES, invokeStarted } from "./runtimes.ts";

/**
 * Starts a function in Python in the Lambda host, with the layer of a zip in /opt. Gives the variables that its process
 * has. Throws the function's log where it does not start.
 */
export async function environmentWithLayer(zip: string, env: Record<string, string>) {
  const python = ALL_RUNTIMES.find(({ name }) => name === "Python")?.prepare();
  if (!python) throw new Error("There is no runtime named Python.");
  const layer = unzipLayer(zip);
  const lambda = await startFunction({
    command: python.command,
    bootstrap: [...onMachine(python.task, layer), BOOTSTRAP],
    taskRoot: python.task,
    env: { ...functionEnv("/var/task"), PATH: process.env.PATH ?? "", ...python.env, ...env },
    timeoutMs: 20_000,
  });
  try {
    return (await invokeStarted(lambda)).environment;
  } finally {
    await lambda.stop();
    rmSync(layer, { recursive: true });
  }
}

/** As Lambda does for /opt. */
function unzipLayer(zip: string): string {
  const layer = mkdtempSync(join(tmpdir(), "layer-"));
  for (const [name, content] of Object.entries(unzipSync(readFileSync(zip)))) {
    const path = join(layer, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: 0o755 });
  }
  return layer;
}
