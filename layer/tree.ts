import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleFetcher, bundleNodeEngine } from "./bundle.ts";
import { ROOT } from "./paths.ts";

/** Makes a tree in which Node stands in for the engine: for machines without Rust, never for Lambda. */
export async function buildNodeLayer(layer: string): Promise<void> {
  const folder = startTree(layer);
  await bundleFetcher(folder);
  await bundleNodeEngine(join(folder, "node", "engine.mjs"));
  writeFileSync(join(folder, "engine"), `#!/bin/sh\nexec '${process.execPath}' "\${0%/*}/node/engine.mjs" "$@"\n`);
  chmodSync(join(folder, "engine"), 0o755);
}

/** Makes the tree as it lands in /opt, with the fetcher's modules as bytecode. */
export async function buildLayer(engine: string, layer: string): Promise<void> {
  const folder = startTree(layer);
  install(engine, join(folder, "engine"));
  await bundleFetcher(folder);
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".mjs"))) {
    const source = join(folder, name);
    execFileSync(engine, ["compile", source, source.replace(/\.mjs$/, ".qbc")], { stdio: "inherit" });
    rmSync(source);
  }
}

function startTree(layer: string): string {
  rmSync(layer, { recursive: true, force: true });
  const folder = join(layer, "secrets-wrapper");
  mkdirSync(folder, { recursive: true });
  install(join(ROOT, "wrapper", "wrapper"), join(dirname(folder), "wrapper"));
  return folder;
}

function install(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}
