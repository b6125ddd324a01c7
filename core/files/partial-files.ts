import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Value } from "../values/encode.ts";
import type { Folder, SecretFile } from "../values/secret-file.ts";
import { failWith } from "./file-error.ts";
import { statsOf } from "./folders.ts";
import { identityOf, PARTIAL, removeTree, VERSION } from "./records.ts";

/** A file or directory that is complete, but not yet at its path. */
export type PartialFile = SecretFile & {
  partial: string;
  /** Its identity in the records; for a directory, the name of its version. */
  id: string;
};

/** Throws if a file cannot be at this path, before any other file is put in place. */
export function checkPlace(path: string): void {
  identityOf(path);
  if (statsOf(path)?.isDirectory()) failWith("EISDIR");
}

/** Creates it exclusively, under a random name. After an error nothing of it remains. */
export function createPartial(file: SecretFile, content: Value | Folder): PartialFile {
  const unique = randomUUID();
  const partial = join(dirname(file.path), `${PARTIAL}${unique}`);
  try {
    create(partial, content, file.mode);
    const id = content instanceof Map ? `${VERSION}${unique}` : identityOf(partial);
    return { ...file, partial, id };
  } catch (error) {
    removeTree(partial);
    throw error;
  }
}

function create(path: string, content: Value | Folder, mode: number): void {
  if (content instanceof Map) createFolder(path, content, mode);
  // Fails if anything exists there, even a symlink.
  else writeFileSync(path, content, { flag: "wx", mode });
}

function createFolder(folder: string, content: Folder, mode: number): void {
  const folderMode = mode & 0o040 ? 0o750 : 0o700;
  mkdirSync(folder, { mode: folderMode });
  for (const [name, text] of content) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { mode: folderMode, recursive: true });
    create(path, text, mode);
  }
}
