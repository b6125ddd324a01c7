import { readFileSync, type Stats, statSync } from "node:fs";
import { type Problem, quote } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";

/** The content of a UTF-8 file, with or without a byte order mark, or why it cannot be read. */
export function readText(path: string): Result<string, Problem> {
  const found = orNothing<Stats>(() => statSync(path));
  if (!found) return unreadable(path, "does not exist", NOT_THERE);
  // Reading a file that is not regular may block forever.
  if (!found.isFile()) return unreadable(path, "is not a regular file", "Use a regular file.");
  if (found.size > MAX_FILE_BYTES) return unreadable(path, `is larger than ${MAX_FILE_BYTES} bytes`, TOO_LARGE);
  const bytes = orNothing<Uint8Array>(() => readFileSync(path));
  if (!bytes) return unreadable(path, "cannot be read", NOT_READABLE);
  const text = orNothing(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  return text === undefined ? unreadable(path, "is not UTF-8", "Save it as UTF-8.") : success(text);
}

export const MAX_FILE_BYTES = 1_000_000;

function orNothing<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function unreadable(path: string, is: string, remedy: string): Result<never, Problem> {
  return failure({ code: "UnreadableFile", cause: `the file ${quote(path)} ${is}`, remedy });
}

const NOT_THERE =
  "Use a path in the deployment package, relative to its root (LAMBDA_TASK_ROOT), or a path in a layer, such as /opt/secrets.yaml.";
const TOO_LARGE = "Remove everything that is not an entry, or use a wildcard or list entry for many values.";
const NOT_READABLE = "Make it readable by all users (chmod 644) before it is packaged.";
