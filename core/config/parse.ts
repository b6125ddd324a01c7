import type { Fault, Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { elements, isArray, type Json, members } from "../json/json.ts";
import { ecsName, ecsReference, isEcsList, isMixed } from "./ecs-list.ts";
import { duplicate, type EntryOptions, parseReference, referenceText } from "./entry-options.ts";
import { problemOf } from "./grammar.ts";
import type { CheckOptions } from "./load-check-options.ts";
import { type ReadOptions, shareOptions } from "./share-options.ts";
import { checkName } from "./variable-names.ts";

/** An entry of SECRETS: a value for one variable, or several values. */
export type Entry = EntryOptions & {
  /** The variable or wildcard as the user wrote it, or `SECRETS[0]` in a list. */
  subject: string;
  /** The file it is written in, with line and column. */
  location?: string;
  target: Target;
};

export type Target =
  /** The one that the subject names. */
  | "variable"
  /** Every key of the JSON object, or every parameter under the path, with a prefix: {@link prefixOf}. */
  | "wildcard"
  /** The same without a prefix; or, for a string that is not a JSON object, one variable named after the secret. */
  | "list";

/** An object or list of entries, and what holds it. */
export type EntryList = {
  name: "SECRETS" | "SECRETS_FILE";
  json: Json;
  /** Where in a file an entry is. */
  locationOf?(json: Json): string;
};

export type Entries = {
  /** Of use only where there is no fault. */
  entries: Entry[];
  faults: Fault[];
  /** The last location of each name in an object, right or wrong. */
  locations: ReadonlyMap<string, string | undefined>;
};

/** Reads the entries of a list. Every fault is reported. */
export function parseEntries(list: EntryList, checkOptions: CheckOptions): Entries {
  const { name, json, locationOf } = list;
  if (isMixed(json)) return { entries: [], faults: [mixedList(list)], locations: new Map() };
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  const locations = new Map<string, string | undefined>();
  const repeated = new Set<string>();
  for (const { subject, item, entry } of readItems(name, json, shareOptions(checkOptions))) {
    const location = locationOf?.(item);
    if (entry.ok) entries.push(withLocation(entry.value, location));
    else faults.push(...entry.error.map((fault) => withLocation(fault, location)));
    if (locations.has(subject)) repeated.add(subject);
    locations.set(subject, location);
  }
  const duplicates = Array.from(repeated, (subject) => duplicateEntry(subject, locations));
  return { entries, faults: [...faults, ...duplicates], locations };
}

function readItems(name: string, json: Json, readOptions: ReadOptions): Iterable<Item> {
  if (isEcsList(json)) return parseEcsList(name, json);
  return isArray(json) ? parseList(name, json, readOptions) : parseMap(json, readOptions);
}

/** What a wildcard puts in front of every name. */
export function prefixOf(wildcard: string): string {
  return wildcard.slice(0, -1);
}

/** An entry, and where it is written. */
type Item = { subject: string; item: Json; entry: Parsed };

type Parsed = Result<Entry, Fault[]>;

function* parseMap(json: Json, readOptions: ReadOptions): Generator<Item> {
  for (const [subject, item] of members(json)) {
    const target = subject.endsWith("*") ? "wildcard" : "variable";
    const name = target === "wildcard" ? prefixOf(subject) : subject;
    const entry = parseEntry(subject, target, readOptions(item), () => referenceText(item));
    yield { subject, item, entry: subject === "*" ? entry : named(subject, name, entry) };
  }
}

function* parseList(name: string, json: Json, readOptions: ReadOptions): Generator<Item> {
  let index = 0;
  for (const item of elements(json)) {
    const subject = `${name}[${index++}]`;
    yield { subject, item, entry: parseEntry(subject, "list", readOptions(item), () => referenceText(item)) };
  }
}

function* parseEcsList(name: string, json: Json): Generator<Item> {
  let index = 0;
  for (const item of elements(json)) {
    const variable = ecsName(item);
    const subject = variable ?? `${name}[${index}]`;
    index++;
    const reference = ecsReference(item);
    const options = reference.ok ? parseReference(reference.value) : reference;
    const entry = parseEntry(subject, "variable", options, () => (reference.ok ? reference.value : undefined));
    yield { subject, item, entry: variable === undefined ? entry : named(subject, variable, entry) };
  }
}

function withLocation<T extends Entry | Fault>(part: T, location: string | undefined): T {
  return location === undefined ? part : { ...part, location };
}

/** The entry, if its variable or prefix may have this name. */
function named(subject: string, name: string, entry: Parsed): Parsed {
  const checked = checkName(name);
  return checked.ok ? entry : failure([{ subject, ...checked.error }, ...(entry.ok ? [] : entry.error)]);
}

function parseEntry(
  subject: string,
  target: Target,
  options: Result<EntryOptions, Problem[]>,
  textOf: () => string | undefined,
): Parsed {
  const problems = options.ok ? checkTarget(target, options.value) : options.error;
  if (options.ok && problems.length === 0) return success({ subject, target, ...options.value });
  const secret = textOf();
  return failure(problems.map((problem) => ({ subject, ...(secret && { secret }), ...problem })));
}

function checkTarget(target: Target, { reference, key, encoding, file, names, ...options }: EntryOptions): Problem[] {
  if (target === "variable") {
    if (reference.kind === "path") return [problemOf("pathForVariable", "several")];
    return names ? [problemOf("names", "ofVariable")] : [];
  }
  return (key ?? options.default ?? encoding ?? file) === undefined ? [] : [problemOf("expansion", "ofOne")];
}

function duplicateEntry(subject: string, locations: Entries["locations"]): Fault {
  const location = locations.get(subject);
  return { subject, ...(location && { location }), ...duplicate("entry") };
}

function mixedList({ name, json, locationOf }: EntryList): Fault {
  return { subject: name, ...(locationOf && { location: locationOf(json) }), ...problemOf("ecsList", "mixed") };
}
