import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Value } from "./encode.ts";
import type { Cause, Fault } from "./fault.ts";
import type { FileTarget } from "./file-target.ts";

/** A value that goes into a file, and the variable that is to hold the file's path. */
export type SecretFile = FileTarget & { name: string; content: Value };

/** Texts of files, by their paths in a folder. */
export type Folder = Map<string, string>;

/** Writes all files, by way of `folder`; gives a fault for each that could not be. */
export function writeFiles(files: SecretFile[], folder: string): Fault[] {
  return files.flatMap((file, index) => {
    const cause = writeFile(file, join(folder, `.${index}.partial`));
    return cause ? [{ subject: file.name, ...cause }] : [];
  });
}

/** Written elsewhere and renamed: nobody sees half of it, and a link in its place is replaced, not followed. */
function writeFile({ path, mode, content }: SecretFile, partial: string): Cause | undefined {
  const foreign = [dirname(partial), dirname(path)].map(ensureFolder).find(Boolean);
  if (foreign) return notOwn(foreign);
  try {
    rmSync(partial, { force: true });
    writeFileSync(partial, content, { mode: 0o600 });
    chmodSync(partial, mode);
    renameSync(partial, path);
    return undefined;
  } catch {
    return notWritten(path);
  }
}

/** Every folder below /tmp must be ours alone. Gives the first that is not. */
function ensureFolder(folder: string): string | undefined {
  if (folder === "/tmp") return undefined;
  const foreign = ensureFolder(dirname(folder));
  if (foreign) return foreign;
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there already, or cannot be made: the next lines see which.
  }
  return isOwn(folder) ? undefined : folder;
}

function isOwn(folder: string): boolean {
  try {
    const stats = lstatSync(folder);
    return stats.isDirectory() && stats.uid === process.geteuid?.() && (stats.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

function notOwn(folder: string): Cause {
  return {
    code: "FileNotWritten",
    cause: `${folder} is not a folder of this function's own`,
    remedy:
      "It must be a directory, no link, that belongs to the function's user and that only this one may write to: remove it, or name another.",
  };
}

function notWritten(path: string): Cause {
  return {
    code: "FileNotWritten",
    cause: `the file ${path} cannot be written`,
    remedy:
      "Check that /tmp has space left (the function's ephemeral storage), and that there is no directory of this name.",
  };
}
