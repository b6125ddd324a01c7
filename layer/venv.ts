import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE } from "./paths.ts";

/**
 * A Python environment with what a requirements file pins, made once per content of that file.
 * Returns the folder of its programs. Throws where there is no Python or no package index.
 */
export function ensureVenv(requirements: string): string {
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const venv = join(CACHE, "venv", hash);
  const finished = join(venv, "finished");
  if (!existsSync(finished)) {
    rmSync(venv, { recursive: true, force: true });
    run("python3", ["-m", "venv", venv]);
    run(join(venv, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
    writeFileSync(finished, "");
  }
  return join(venv, "bin");
}

/** Its standard output goes to ours: a caller's own is for what it reports. */
function run(program: string, args: string[]): void {
  execFileSync(program, args, { stdio: ["ignore", 2, 2] });
}
