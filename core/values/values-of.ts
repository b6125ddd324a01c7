import type { FileTarget } from "../config/file-target.ts";
import { type Entry, prefixOf } from "../config/parse.ts";
import type { Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import type { Fetched, StoredValue } from "../sources/decode.ts";
import type { FetchResult } from "../sources/fetch-all.ts";
import { encodeContent, encodeString, type Value } from "./encode.ts";
import type { FormatReaders } from "./format-readers.ts";
import type { Folder, SecretFile, Validity } from "./secret-file.ts";
import { selectAll, selectByName } from "./select.ts";

/**
 * One variable. `value` is what it holds: with a file, its path.
 * `isWhole`: it is a whole secret that a list names, and not one of its keys or one of the parameters under a path.
 */
export type NamedValue = { name: string; value: string; file?: SecretFile; isWhole?: boolean };

/**
 * What one entry gives of what is stored: one value for a variable, any number for a wildcard or list entry, none
 * where the entry is optional and what it names does not exist. `readers` has what an entry with a `format` needs.
 */
export function valuesOf(entry: Entry, stored: FetchResult, readers: FormatReaders): Result<NamedValue[], Problem> {
  const values = stored.ok ? readStored(entry, stored.value, readers) : stored;
  return !values.ok && values.error.missing ? fallBack(entry, values.error) : values;
}

function readStored(entry: Entry, stored: Fetched, readers: FormatReaders): Result<NamedValue[], Problem> {
  const { target, subject } = entry;
  if (target === "variable") return readVariable(subject, entry, stored, readers);
  if (target === "list") return readListed(entry, stored);
  const all = selectAll(stored, entry.names);
  if (!all.ok) return all;
  return success([...all.value].map(([name, value]) => ({ name: prefixOf(subject) + name, value })));
}

function readVariable(
  name: string,
  entry: Entry,
  stored: Fetched,
  readers: FormatReaders,
): Result<NamedValue[], Problem> {
  // All parameters under a path are never requested for one variable.
  if (stored.kind === "parameters") return failure(NOT_FETCHED);
  if (entry.file) {
    const content = readContent(entry, stored, readers);
    return content.ok ? success([inFile(name, entry.file, content.value)]) : content;
  }
  const value = encodeString(stored, entry);
  return value.ok ? success([{ name, value: value.value }]) : value;
}

/** What a file or folder is to have. */
type Content = { content: Value | Folder; validity?: Validity };

function readContent(entry: Entry, secret: StoredValue, readers: FormatReaders): Result<Content, Problem> {
  if (entry.format) return readers[entry.format]?.(secret) ?? failure(NOT_FETCHED);
  const encoded = encodeContent(secret, entry);
  return encoded.ok ? success({ content: encoded.value }) : encoded;
}

function readListed({ names }: Entry, stored: Fetched): Result<NamedValue[], Problem> {
  const selection = selectByName(stored, names);
  if (!selection.ok) return selection;
  const { values, isWhole } = selection.value;
  return success([...values].map(([name, value]) => ({ name, value, isWhole })));
}

function fallBack(
  { target, subject: name, file, optional, ...entry }: Entry,
  missing: Problem,
): Result<NamedValue[], Problem> {
  if (target === "variable" && entry.default !== undefined) {
    return success([file ? inFile(name, file, { content: entry.default }) : { name, value: entry.default }]);
  }
  return optional ? success([]) : failure(missing);
}

function inFile(name: string, file: FileTarget, content: Content): NamedValue {
  return { name, value: file.path, file: { ...file, name, ...content } };
}

/** A defect: no configuration leads there. */
export const NOT_FETCHED: Problem = {
  code: "InternalError",
  cause: "it was not fetched",
  remedy: "This is a defect of secrets-wrapper: please report it.",
};
