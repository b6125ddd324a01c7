import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAYER } from "../../layer/paths.ts";
import { type Ended, run } from "./run.ts";

/** Resource limits by their names in prlimit(1), soft and hard. */
export type Limits = { [name in "nproc" | "nofile" | "stack" | "fsize" | "as" | "data"]?: number };

/** Runs a command under limits; `before` goes before the command, without limits of its own. */
export function runLimited(
  limits: Limits,
  command: string[],
  env: Record<string, string>,
  before: string[] = [],
): Promise<Ended> {
  const options = Object.entries(limits).map(([name, limit]) => `--${name}=${limit}:${limit}`);
  const [program = "", ...args] = [...before, "prlimit", ...options, ...command];
  return run(program, args, env);
}

/** Runs a command as Lambda's user: a limit on processes does not hold for root. Any other user stays. */
export const AS_USER = process.getuid?.() === 0 ? ["setpriv", "--reuid=993", "--regid=993", "--clear-groups"] : [];

/** The built layer where every user can read it. */
export function installForEveryone(): { wrapper: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "layer-"));
  cpSync(LAYER, folder, { recursive: true });
  for (const name of ["", ...readdirSync(folder, { recursive: true })]) chmodSync(join(folder, String(name)), 0o755);
  return { wrapper: join(folder, "wrapper"), remove: () => rmSync(folder, { recursive: true }) };
}

/** Says what is missing for these, if anything is. */
export function missingForLimits(): string | undefined {
  const [program = "", ...args] = [...AS_USER, "prlimit", "--nofile=64:64", "true"];
  return spawnSync(program, args).status === 0 ? undefined : "prlimit or setpriv (util-linux) cannot be run";
}
