import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

/** Zips a layer's tree. */
export function zipLayer(layer: string, zip: string): void {
  const names = readdirSync(layer, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(layer.length + 1))
    .sort();
  const files = names.map((name) => [name, readFileSync(join(layer, name))] as const);
  writeFileSync(zip, zipSync(Object.fromEntries(files), { level: 9, mtime: EPOCH, os: UNIX, attrs: EXECUTABLE }));
}

/** The first moment that a zip can name, so that equal files make an equal zip. */
const EPOCH = new Date(1980, 0, 1);
const UNIX = 3;
const EXECUTABLE = 0o100755 << 16;
