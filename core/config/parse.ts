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
  target: Target;
  /** Where it is written in a file, which few ever ask for: a number takes less memory than a text. */
  offset?: number;
  locationAt?: LocationAt;
};

/** The file, line and column of an offset. */
export type LocationAt = (offset: number) => string;

export type Target =
  /** The one that the subject names. */
  | "variable"
  /** Every key of the JSON object, or every parameter under the path, with a prefix: {@link prefixOf}. */
  | "wildcard"
  /** The same without a prefix; or, for a string that is not a JSON object, one variable named after the secret. */
  | "list";

/** An object or list of entries, and what holds it. */
export type EntryList = Written & { name: "SECRETS" | "SECRETS_FILE"; json: Json };

/** Where something is written. */
type Written = {
  /** If that is a file. */
  locationAt?: LocationAt;
};

export type Entries = Written & {
  /** Of use only where there is no fault. */
  entries: Entry[];
  faults: Fault[];
  /** Where each name of an object was last, right or wrong. */
  offsets: ReadonlyMap<string, number>;
};

/** Reads the entries of a list. Every fault is reported. */
export function parseEntries(list: EntryList, checkOptions: CheckOptions): Entries {
  const { name, json, locationAt } = list;
  if (isMixed(json)) return { entries: [], faults: [mixedList(list)], offsets: new Map() };
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  const offsets = new Map<string, number>();
  const repeated = new Set<string>();
  for (const { subject, item, entry } of readItems(name, json, shareOptions(checkOptions))) {
    const { offset } = item;
    if (entry.ok) entries.push(locationAt ? { ...entry.value, offset, locationAt } : entry.value);
    else faults.push(...entry.error.map((fault) => located(fault, list, offset)));
    if (offsets.has(subject)) repeated.add(subject);
    offsets.set(subject, offset);
  }
  const duplicates = Array.from(repeated, (subject) => ({ subject, ...duplicate("entry") }));
  faults.push(...duplicates.map((fault) => located(fault, list, offsets.get(fault.subject) as number)));
  return { entries, faults, offsets, ...(locationAt && { locationAt }) };
}

/** The fault, with its location if it is in a file. */
export function located(fault: Fault, { locationAt }: Written, offset: number): Fault {
  return locationAt ? { ...fault, location: locationAt(offset) } : fault;
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

function mixedList(list: EntryList): Fault {
  return located({ subject: list.name, ...problemOf("ecsList", "mixed") }, list, list.json.offset);
}
