import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { DIST, LAYER } from "./paths.ts";

/** Zips dist/layer for this machine's architecture, named as Lambda names it. Returns the file. */
export function zipLayer(): string {
  const file = join(DIST, `secrets-wrapper-${arch() === "arm64" ? "arm64" : "x86_64"}.zip`);
  const names = readdirSync(LAYER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(LAYER.length + 1))
    .sort();
  const files = names.map((name) => [name, readFileSync(join(LAYER, name))] as const);
  writeFileSync(file, zipSync(Object.fromEntries(files), { level: 9, mtime: EPOCH, os: UNIX, attrs: EXECUTABLE }));
  return file;
}

/** The first moment that a zip can name, so that equal files make an equal zip. */
const EPOCH = new Date(1980, 0, 1);
const UNIX = 3;
const EXECUTABLE = 0o100755 << 16;
