import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CACHE } from "./paths.ts";

/** A folder in the cache, made once per content of the files named. Put in place in one step: another process may be looking for it. */
export function ensureBuilt(sources: string, files: string[], make: (sources: string, folder: string) => void): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(sources, file)));
  const folder = join(CACHE, "tools", `${basename(sources)}-${hash.digest("hex").slice(0, 16)}`);
  const finished = join(folder, "finished");
  if (existsSync(finished)) return folder;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  make(sources, partial);
  writeFileSync(join(partial, "finished"), "");
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return folder;
}

/** Its standard output goes to ours: a caller's own is for what it reports. */
export function runTool(cwd: string, program: string, args: string[], env: Record<string, string> = {}): void {
  execFileSync(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", 2, 2] });
}
