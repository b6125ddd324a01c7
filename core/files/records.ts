// An empty file for each thing that a start has put into a place: its name tells path and identity.
// Several starts may share /tmp without a lock, for each makes records of its own.

import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readlinkSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeOf } from "./file-error.ts";
import { statsOf, whyForeign } from "./folders.ts";

/** This user's own folder, for records. */
export const RECORDS_FOLDER = `/tmp/.secrets-wrapper-${process.geteuid?.()}`;

/** What the name of a format's folder begins with, beside the link to it. */
export const VERSION = ".secrets-wrapper.";

/** What the name of a partial file begins with, beside the file's place. */
export const PARTIAL = `${VERSION}partial.`;

/** The identities recorded for a path, by the path's hash. */
export type Records = ReadonlyMap<string, string[]>;

/** Tells what is at a path from all else that may be there: a link by its target, a file by inode, size and time. Throws where there can be nothing. */
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

/** Notes what this start has put into a place. */
export function record(path: string, id: string): void {
  writeFileSync(join(RECORDS_FOLDER, recordName(path, id)), "", { mode: 0o600 });
}

/** Everything recorded. */
export function readRecords(): Records {
  const records = new Map<string, string[]>();
  if (whyForeign(RECORDS_FOLDER)) return records;
  for (const name of readdirSync(RECORDS_FOLDER)) {
    const [hash = "", id = ""] = [name.slice(0, HASH_LENGTH), name.slice(HASH_LENGTH + 1)];
    records.set(hash, [...(records.get(hash) ?? []), id]);
  }
  return records;
}

/** Removes what is there, if an earlier start has put it there. */
export function removeEarlier(path: string, records: Records): void {
  const ids = records.get(hashOf(path)) ?? [];
  if (ids.length > 0 && ids.includes(identityOf(path))) unlinkSync(path);
}

/** Removes records, with the versions, of what is no longer there. */
export function removeReplaced(path: string, records: Records): void {
  const ids = records.get(hashOf(path)) ?? [];
  const current = ids.length > 0 && identityOf(path);
  for (const id of ids) if (id !== current) forget(path, id);
}

/** Removes what starts that were killed have left in a folder. */
export function removeAbandoned(folder: string): void {
  quietly(() => {
    const names = readdirSync(folder);
    const old = names.filter((name) => name.startsWith(VERSION) && isOld(join(folder, name)));
    const used = new Set(old.length > 0 ? names.map((name) => identityOf(join(folder, name))) : []);
    for (const name of old) if (!used.has(name)) removeTree(join(folder, name));
  });
}

/** Leaves nothing of what a start that fails has written. */
export function removeWritten({ path, partial, id }: { path: string; partial: string; id: string }): void {
  removeTree(partial);
  quietly(() => identityOf(path) === id && unlinkSync(path));
  forget(path, id);
}

/** A file, a link, or a folder with all that is in it. */
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

/** Under a name of its own first: of two starts that remove one folder each would be in the other's way. */
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
    // Gone already, or to be found by the next start.
  }
}

const HASH_LENGTH = 32;
/** A start writes for some milliseconds. */
const ABANDONED_MS = 60_000;
