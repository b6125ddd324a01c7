import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";

/** A checkout of its own, for commands that may change theirs, with a folder for all else that they may write. */
export type Checkout = { root: string; home: string; tmp: string; env: Record<string, string>; remove(): void };

export function copyOfCheckout(): Checkout {
  const folder = mkdtempSync(join(tmpdir(), "checkout-"));
  const root = join(folder, "root");
  const isLeftOut = new Set([".git", "dist", "node_modules", "engine/target"].map((name) => join(ROOT, name)));
  cpSync(ROOT, root, { recursive: true, filter: (path) => !isLeftOut.has(path) });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  const [home = "", tmp = ""] = ["home", "tmp"].map((name) => join(folder, name));
  for (const name of [home, tmp]) mkdirSync(name);
  const env = { HOME: home, XDG_CACHE_HOME: home, TMPDIR: tmp };
  return { root, home, tmp, env, remove: () => rmSync(folder, { recursive: true }) };
}

/** The value of PATH with nothing but Node and a shell, and programs of these shell scripts. */
export function pathOf(folder: string, scripts: Record<string, string> = {}): string {
  const path = mkdtempSync(join(folder, "path-"));
  symlinkSync(process.execPath, join(path, "node"));
  symlinkSync("/bin/sh", join(path, "sh"));
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, name), 0o755);
  }
  return path;
}
