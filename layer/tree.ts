import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { bundleCache, bundleFetcher, bundleNodeEngine } from "./bundle.ts";
import { type Kind, ROOT } from "./paths.ts";

/** Makes a tree in which Node stands in for the engine: for machines without Rust, never for Lambda. */
export async function buildNodeLayer(layer: string, kind: Kind = "plain"): Promise<void> {
  const { folders } = await startTree(layer, kind);
  const [folder] = folders;
  await bundleNodeEngine(join(folder, "node", "engine.mjs"));
  writeFileSync(join(folder, "engine"), `#!/bin/sh\nexec '${process.execPath}' "\${0%/*}/node/engine.mjs" "$@"\n`);
  chmodSync(join(folder, "engine"), 0o755);
}

/**
 * Makes the tree as it lands in /opt, with the programs' modules as bytecode, and says what they were bundled of.
 * An engine for another architecture cannot run here: one for this machine compiles the same bytecode.
 */
export async function buildLayer(
  engine: string,
  layer: string,
  kind: Kind = "plain",
  compiler = engine,
): Promise<Metafile[]> {
  const { folders, metafiles } = await startTree(layer, kind);
  install(engine, join(folders[0], "engine"));
  for (const folder of folders) compileAll(compiler, folder);
  return metafiles;
}

type Started = { folders: [wrapper: string, ...others: string[]]; metafiles: Metafile[] };

/** The scripts and the programs' modules: the folders with modules, and what these were bundled of. */
async function startTree(layer: string, kind: Kind): Promise<Started> {
  rmSync(layer, { recursive: true, force: true });
  const folder = join(layer, "secrets-wrapper");
  mkdirSync(folder, { recursive: true });
  install(join(ROOT, "wrapper", "wrapper"), join(layer, "wrapper"));
  const fetcher = await bundleFetcher(folder, kind === "live");
  if (kind === "plain") return { folders: [folder], metafiles: fetcher };
  const cache = join(folder, "cache");
  const metafiles = [...fetcher, ...(await bundleCache(cache))];
  mkdirSync(join(layer, "extensions"));
  install(join(ROOT, "cache", "extension", "secrets-wrapper"), join(layer, "extensions", "secrets-wrapper"));
  return { folders: [folder, cache], metafiles };
}

function compileAll(engine: string, folder: string): void {
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".mjs"))) {
    const source = join(folder, name);
    execFileSync(engine, ["compile", source, source.replace(/\.mjs$/, ".qbc")], { stdio: "inherit" });
    rmSync(source);
  }
}

function install(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}
