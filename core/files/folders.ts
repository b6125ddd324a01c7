import { lstatSync, mkdirSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { codeOf, ForeignFolder } from "./file-error.ts";

/** The folder that all files are below. */
export function temporaryFolder(): string {
  return globalThis.temporaryFolder ?? "/tmp";
}

/** Creates a directory below the temporary one with its parents. Throws if it cannot, or if one of them is not safe to write to. */
export function ensureFolder(folder: string, modeOf: (folder: string) => number): void {
  if (folder === temporaryFolder()) return;
  ensureFolder(dirname(folder), modeOf);
  if (!statsOf(folder)) makeFolder(folder, modeOf(folder));
  const why = whyForeign(folder);
  if (why) throw new ForeignFolder(folder, why);
}

/** Why a directory is not safe to write to; undefined if it is. */
export function whyForeign(folder: string): string | undefined {
  const stats = statsOf(folder);
  if (!stats) return "it does not exist";
  if (stats.isSymbolicLink()) return "it is a symlink";
  if (!stats.isDirectory()) return "it is not a directory";
  // Windows has neither: the temporary folder is the user's own.
  if (!process.geteuid) return undefined;
  if (stats.uid !== process.geteuid()) return "it is owned by another user";
  return stats.mode & 0o022 ? "it is writable by others" : undefined;
}

/** Of what is at the path itself: symlinks are not followed. */
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
    // Another start has created it meanwhile.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
