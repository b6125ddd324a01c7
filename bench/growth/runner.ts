import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** What a process took, from its start to its end. */
export type Usage = { wallMs: number; processorMs: number; peakMb: number };

/** Runs a command with exactly these environment variables. Rejects where it fails. */
export type Runner = (command: string[], env: Record<string, string>) => Promise<Usage>;

/** Builds the program that runs the others into `folder`. Throws where there is no Go. */
export function buildRunner(folder: string): Runner {
  const program = join(folder, "runner");
  execFileSync("go", ["build", "-trimpath", "-o", program, "."], {
    cwd: fileURLToPath(new URL("runner", import.meta.url)),
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", 2, 2],
  });
  return async (command, env) => {
    const child = spawn(program, command, { env, stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    const [output, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (status !== 0) throw new Error(`${command[0]} failed while it was measured: ${errors.trim()}`);
    return JSON.parse(output);
  };
}
