import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { LAYER, LAYER_ZIP } from "./paths.ts";

/** Zips dist/layer. */
export function zipLayer(): void {
  const names = readdirSync(LAYER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(LAYER.length + 1))
    .sort();
  const files = names.map((name) => [name, readFileSync(join(LAYER, name))] as const);
  writeFileSync(LAYER_ZIP, zipSync(Object.fromEntries(files), { level: 9, mtime: EPOCH, os: UNIX, attrs: EXECUTABLE }));
}

/** The first moment that a zip can name, so that equal files make an equal zip. */
const EPOCH = new Date(1980, 0, 1);
const UNIX = 3;
const EXECUTABLE = 0o100755 << 16;
