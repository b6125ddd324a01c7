import type { Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { grammar, pattern, problemOf } from "./grammar.ts";

/** A file to write: an absolute path under the temporary folder, and its permissions. */
export type FileTarget = { path: string; mode: number };

/** What the options `file` and `mode` say, or what is wrong with them. */
export function parseFileTarget(file: string, mode = grammar.defaultMode): Result<FileTarget, Problem> {
  const path = file.startsWith("/") ? file : `${grammar.fileFolder}/${file}`;
  const segments = path.slice(1).split("/");
  if (!segments.every(isValidSegment)) return failure(problemOf("file", "segment"));
  if (segments[0] !== "tmp" || segments.length < 2) return failure(problemOf("file", "folder"));
  // The names of partial files, of versions and of the folder of records begin with it.
  if (segments.some((segment) => segment.startsWith(grammar.ownFilePrefix)))
    return failure(problemOf("file", "ownPrefix"));
  // The owner reads; at most, the owner writes and the group reads.
  if (!pattern("fileMode").test(mode)) return failure(problemOf("file", "mode"));
  const folder = globalThis.temporaryFolder ?? LAMBDAS_FOLDER;
  return success({ path: `${folder}${path.slice(LAMBDAS_FOLDER.length)}`, mode: Number.parseInt(mode, 8) });
}

function isValidSegment(segment: string): boolean {
  return pattern("fileSegment").test(segment) && segment !== "." && segment !== "..";
}

const LAMBDAS_FOLDER = "/tmp";
