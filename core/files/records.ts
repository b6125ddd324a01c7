// One empty file for each file or symlink that a start has put in place: its name holds the path's hash and the
// identity. Starts may share a temporary folder without a lock, because each creates its own records.

import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readlinkSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeOf } from "./file-error.ts";
import { statsOf, temporaryFolder, whyForeign } from "./folders.ts";

/** The directory of this user's records. */
export const RECORDS_FOLDER = `${temporaryFolder()}/.secrets-wrapper-${process.geteuid?.() ?? "user"}`;

/** Prefix of the directory that a format's symlink points to. */
export const VERSION = ".secrets-wrapper.";

/** Prefix of a partial file, in the directory of its final path. */
export const PARTIAL = `${VERSION}partial.`;

/** The identities recorded for a path, by the path's hash. */
export type Records = ReadonlyMap<string, string[]>;

/** Identifies what is at a path: a symlink by its target, a file by inode, size and time. Throws if the path is not possible. */
export function identityOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    if (codeOf(error) !== "EINVAL") throw error;
  }
  const stats = statsOf(path);
  return stats ? [stats.dev, stats.ino, stats.size, stats.mtime.getTime()].join("-") : "";
}

/** Records what this start has put at a path. */
export function record(path: string, id: string): void {
  writeFileSync(join(RECORDS_FOLDER, recordName(path, id)), "", { mode: 0o600 });
}

/** All records. */
export function readRecords(): Records {
  const records = new Map<string, string[]>();
  if (whyForeign(RECORDS_FOLDER)) return records;
  for (const name of readdirSync(RECORDS_FOLDER)) {
    const [hash = "", id = ""] = [name.slice(0, HASH_LENGTH), name.slice(HASH_LENGTH + 1)];
    records.set(hash, [...(records.get(hash) ?? []), id]);
  }
  return records;
}

/** Removes what is at a path, if an earlier start put it there. */
export function removeEarlier(path: string, records: Records): void {
  const ids = records.get(hashOf(path)) ?? [];
  if (ids.length > 0 && ids.includes(identityOf(path))) unlinkSync(path);
}

/** Removes the records and versions of what is no longer there. */
export function removeReplaced(path: string, records: Records): void {
  const ids = records.get(hashOf(path)) ?? [];
  const current = ids.length > 0 && identityOf(path);
  for (const id of ids) if (id !== current) forget(path, id);
}

/** Removes what killed starts have left in a directory. */
export function removeAbandoned(folder: string): void {
  quietly(() => {
    const names = readdirSync(folder);
    const old = names.filter((name) => name.startsWith(VERSION) && isOld(join(folder, name)));
    const used = new Set(old.length > 0 ? names.map((name) => identityOf(join(folder, name))) : []);
    for (const name of old) if (!used.has(name)) removeTree(join(folder, name));
  });
}

/** Removes what a start that fails has written. */
export function removeWritten({ path, partial, id }: { path: string; partial: string; id: string }): void {
  removeTree(partial);
  quietly(() => identityOf(path) === id && unlinkSync(path));
  forget(path, id);
}

/** Removes a file, a symlink, or a directory with its content. */
export function removeTree(path: string): void {
  quietly(() => unlinkSync(path));
  quietly(() => rmSync(path, { recursive: true, force: true }));
}

function forget(path: string, id: string): void {
  if (id.startsWith(VERSION)) removeVersion(join(dirname(path), id));
  quietly(() => unlinkSync(join(RECORDS_FOLDER, recordName(path, id))));
}

function isOld(path: string): boolean {
  const written = statsOf(path)?.mtime.getTime();
  return written !== undefined && written < Date.now() - ABANDONED_MS;
}

/** Renamed first, so that two starts that remove the same directory do not interfere. */
function removeVersion(version: string): void {
  const claimed = join(dirname(version), `${PARTIAL}${randomUUID()}`);
  quietly(() => renameSync(version, claimed));
  removeTree(claimed);
}

function recordName(path: string, id: string): string {
  return `${hashOf(path)}.${id}`;
}

function hashOf(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, HASH_LENGTH);
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Removed already, or left for the next start.
  }
}

const HASH_LENGTH = 32;
/** Far longer than a start takes to write. */
const ABANDONED_MS = 60_000;
