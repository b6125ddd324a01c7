import type { Problem } from "../fault/fault.ts";
import type { SecretFile } from "../values/secret-file.ts";

/** A directory that others may write to, or that is not a real directory. */
export class ForeignFolder extends Error {
  constructor(
    readonly folder: string,
    readonly why: string,
  ) {
    super(why);
  }
}

/** The error code of a system call, as Node names it. */
export function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}

/** Fails as a system call would. */
export function failWith(code: string): never {
  throw Object.assign(new Error(), { code });
}

/** Why a file cannot be written, or what an earlier start wrote cannot be removed. */
export function explainFileError(error: unknown, { path, content }: SecretFile): Problem {
  if (error instanceof ForeignFolder) return foreign(error);
  const code = codeOf(error) ?? "";
  const verb = content === undefined ? "removed" : "written";
  const [why, remedy] = REASONS[code] ?? [code || "unknown reason", OTHER];
  return { code: "FileNotWritten", cause: `the file ${path} cannot be ${verb}: ${why}`, remedy };
}

function foreign({ folder, why }: ForeignFolder): Problem {
  return {
    code: "FileNotWritten",
    cause: `the directory ${folder} cannot be used: ${why}`,
    remedy:
      "It must be a real directory (not a symlink), owned by the function's user and not writable by others: remove it, correct its permissions, or use another path.",
  };
}

const NO_SPACE: Reason = ["there is no space left", "Give the function more ephemeral storage, or write less to /tmp."];
const NO_PERMISSION: Reason = [
  "permission denied",
  "The function's user must be allowed to create files in the directory, and to replace this file.",
];
type Reason = [why: string, remedy: string];

const REASONS: Record<string, Reason> = {
  EROFS: ["its file system is read-only", "Make /tmp writable: in a container, mount a volume or a tmpfs there."],
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  EFBIG: ["it exceeds the process's file size limit", "Raise the limit (ulimit -f)."],
  EISDIR: ["there is a directory at its path", "Remove the directory, or use another path."],
  ENAMETOOLONG: ["its path is too long", "Shorten it: a name has at most 255 bytes, a path 4,095."],
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
};
const OTHER = "Check what is at its path and at the paths of its parent directories.";
