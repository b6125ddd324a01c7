import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

/** Bytes on disk, and as a zip. */
export type Size = { bytes: number; zippedBytes: number };

/** Of a file, or of what a folder has to deploy. */
export function measureSize(path: string): Size {
  const names = statSync(path).isFile() ? [""] : filesIn(path);
  const contents = names.map((name) => [name || "program", readFileSync(join(path, name))] as const);
  return {
    bytes: contents.reduce((sum, [, content]) => sum + content.length, 0),
    zippedBytes: zipSync(Object.fromEntries(contents), { level: 9 }).length,
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !NOT_DEPLOYED.test(name));
}

/** What a Python environment has besides the packages that were asked for. */
const NOT_DEPLOYED = /__pycache__|^(?:pip|setuptools|_distutils_hack|distutils-precedence)\b/;
