import { renameSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Fault } from "../fault/fault.ts";
import type { Value } from "../values/encode.ts";
import type { Folder, SecretFile } from "../values/secret-file.ts";
import { explainFileError } from "./file-error.ts";
import { ensureFolder, parentsOf } from "./folders.ts";
import { checkPlace, createPartial, type PartialFile } from "./partial-files.ts";
import {
  RECORDS_FOLDER,
  readRecords,
  record,
  removeAbandoned,
  removeEarlier,
  removeReplaced,
  removeWritten,
} from "./records.ts";

/** A fault for each file that could not be written. `undo` removes the files: for a program that cannot be started. */
export type Written = { faults: Fault[]; undo(): void };

/**
 * Writes all files, or none if one of them cannot be written. What they replace is removed at once; or `"kept"` until
 * the next time, for a program that is reading it.
 */
export function writeFiles(files: SecretFile[], replaced: "removed" | "kept" = "removed"): Written {
  const partials: PartialFile[] = [];
  const undo = () => partials.forEach(removeWritten);
  // Files are created with their final mode.
  const umask = process.umask(0);
  try {
    const faults = replaced === "kept" ? removeStale(files) : [];
    if (faults.length === 0) faults.push(...writeAll(files, partials));
    if (faults.length === 0 && replaced === "removed") faults.push(...removeStale(files));
    if (faults.length > 0) undo();
    return { faults, undo };
  } finally {
    process.umask(umask);
  }
}

function writeAll(files: SecretFile[], partials: PartialFile[]): Fault[] {
  const modeOf = folderModes(files);
  const faults = collectFaults(files, (file) => {
    if (file.content !== undefined) partials.push(prepare(file, file.content, modeOf));
  });
  if (faults.length === 0) faults.push(...collectFaults(partials, place));
  return faults;
}

function collectFaults<T extends SecretFile>(files: T[], act: (file: T) => void): Fault[] {
  return files.flatMap((file) => {
    try {
      act(file);
      return [];
    } catch (error) {
      return [{ subject: file.name, ...explainFileError(error, file) }];
    }
  });
}

type ModeOf = (folder: string) => number;

/** A directory is private to its owner, unless the group may read a file in it. */
function folderModes(files: SecretFile[]): ModeOf {
  const forGroup = new Set(files.flatMap(({ path, mode }) => (mode & 0o040 ? parentsOf(path) : [])));
  return (folder) => (forGroup.has(folder) ? 0o750 : 0o700);
}

function prepare(file: SecretFile, content: Value | Folder, modeOf: ModeOf): PartialFile {
  ensureFolder(RECORDS_FOLDER, () => 0o700);
  ensureFolder(dirname(file.path), modeOf);
  checkPlace(file.path);
  return createPartial(file, content);
}

/** By one rename: no reader sees half a file, and a symlink at the path is replaced, not followed. */
function place({ path, partial, id, content }: PartialFile): void {
  if (content instanceof Map) {
    renameSync(partial, join(dirname(path), id));
    symlinkSync(id, partial);
  }
  renameSync(partial, path);
  record(path, id);
}

function removeStale(files: SecretFile[]): Fault[] {
  // Read when all files are in place: what is recorded and no longer there never comes back.
  const records = readRecords();
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) removeAbandoned(folder);
  return collectFaults(files, ({ path, content }) => {
    if (content === undefined) removeEarlier(path, records);
    removeReplaced(path, records);
  });
}
