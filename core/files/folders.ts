import { lstatSync, mkdirSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { codeOf, ForeignFolder } from "./file-error.ts";

/** Makes a folder below /tmp, with those above it. Throws where it cannot, or where one of them is not ours alone. */
export function ensureFolder(folder: string, modeOf: (folder: string) => number): void {
  if (folder === "/tmp") return;
  ensureFolder(dirname(folder), modeOf);
  if (!statsOf(folder)) makeFolder(folder, modeOf(folder));
  const why = whyForeign(folder);
  if (why) throw new ForeignFolder(folder, why);
}

/** Why a folder is not one that only we may write to. */
export function whyForeign(folder: string): string | undefined {
  const stats = statsOf(folder);
  if (!stats) return "it does not exist";
  if (stats.isSymbolicLink()) return "it is a symlink";
  if (!stats.isDirectory()) return "it is not a directory";
  if (stats.uid !== process.geteuid?.()) return "it is owned by another user";
  return stats.mode & 0o022 ? "it is writable by others" : undefined;
}

/** Of what is there itself, not of what a link leads to. */
export function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** Of `/a/b/c`, `/a/b` and `/a`. */
export function parentsOf(path: string): string[] {
  return [...path.slice(1).matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));
}

function makeFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another start has made it meanwhile.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
