import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

/** Zips a layer's tree, in which every file may be executed. */
export function zipLayer(layer: string, zip: string): void {
  const names = readdirSync(layer, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(layer.length + 1))
    .sort();
  const files = names.map((name) => [name, readFileSync(join(layer, name))] as const);
  zipFiles(Object.fromEntries(files), zip, 0o755);
}

/** Zips contents by name, in this order: equal ones make equal zips. */
export function zipFiles(files: Record<string, Uint8Array>, zip: string, mode = 0o644): void {
  writeFileSync(zip, zipSync(files, { level: 9, mtime: EPOCH, os: UNIX, attrs: (REGULAR_FILE | mode) << 16 }));
}

/** The first moment that a zip can name. */
const EPOCH = new Date(1980, 0, 1);
const UNIX = 3;
const REGULAR_FILE = 0o100000;
