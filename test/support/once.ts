import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CACHE, ROOT } from "../../layer/paths.ts";

/**
 * Runs a slow check that depends on nothing but these files and folders of the checkout, unless it has passed with
 * the same contents before. A failure is not kept.
 */
export async function oncePerSources(name: string, paths: string[], check: () => Promise<void> | void): Promise<void> {
  const passed = join(CACHE, "passed", `${name}-${hashOf(paths)}`);
  if (existsSync(passed)) {
    console.info(`${name}: passed before with these sources (${passed}).`);
    return;
  }
  await check();
  mkdirSync(dirname(passed), { recursive: true });
  writeFileSync(passed, "");
}

function hashOf(paths: string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf).sort()) hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
  return hash.digest("hex").slice(0, 16);
}

/** The files of a folder of the checkout, or the one file, by path in it. */
export function filesOf(path: string): string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path)).flatMap((name) => filesOf(join(path, name)));
}
