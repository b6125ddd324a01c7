import type { Fault, Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { elements, findDuplicates, isArray, type Json, members } from "../json/json.ts";
import { ecsName, ecsReference, isEcsList, isMixed } from "./ecs-list.ts";
import { duplicate, type EntryOptions, parseEntryOptions, parseReference, referenceText } from "./entry-options.ts";
import { problemOf } from "./grammar.ts";
import type { CheckOptions } from "./load-check-options.ts";
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
  | { kind: "variable"; name: string }
  /** Every key of the JSON object, or every parameter under the path, with this prefix. */
  | { kind: "wildcard"; prefix: string }
  /** The same without a prefix; or, for a string that is not a JSON object, one variable named after the secret. */
  | { kind: "list" };

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
  const items = isEcsList(json)
    ? parseEcsList(name, json)
    : isArray(json)
      ? parseList(name, json, checkOptions)
      : parseMap(json, checkOptions);
  const parsed = items.map(({ item, entry }) => withLocation(entry, locationOf?.(item)));
  const locations = new Map(items.map(({ subject, item }) => [subject, locationOf?.(item)]));
  return {
    entries: parsed.flatMap((entry) => (entry.ok ? [entry.value] : [])),
    faults: [
      ...parsed.flatMap((entry) => (entry.ok ? [] : entry.error)),
      ...findDuplicates(items.map(({ subject }) => subject)).map((subject) => duplicateEntry(subject, locations)),
    ],
    locations,
  };
}

/** An entry, and where it is written. */
type Item = { subject: string; item: Json; entry: Parsed };

type Parsed = Result<Entry, Fault[]>;

function parseMap(json: Json, checkOptions: CheckOptions): Item[] {
  return members(json).map(([subject, item]) => {
    const isWildcard = subject.endsWith("*");
    const prefix = subject.slice(0, -1);
    const target: Target = isWildcard ? { kind: "wildcard", prefix } : { kind: "variable", name: subject };
    const entry = parseEntry(subject, target, parseEntryOptions(item, checkOptions), () => referenceText(item));
    return {
      subject,
      item,
      entry: isWildcard && prefix === "" ? entry : named(subject, isWildcard ? prefix : subject, entry),
    };
  });
}

function parseList(name: string, json: Json, checkOptions: CheckOptions): Item[] {
  return elements(json).map((item, index) => {
    const subject = `${name}[${index}]`;
    return {
      subject,
      item,
      entry: parseEntry(subject, LIST, parseEntryOptions(item, checkOptions), () => referenceText(item)),
    };
  });
}

function parseEcsList(name: string, json: Json): Item[] {
  return elements(json).map((item, index) => {
    const variable = ecsName(item);
    const subject = variable ?? `${name}[${index}]`;
    const reference = ecsReference(item);
    const options = reference.ok ? parseReference(reference.value) : reference;
    const entry = parseEntry(subject, { kind: "variable", name: subject }, options, () =>
      reference.ok ? reference.value : undefined,
    );
    return { subject, item, entry: variable === undefined ? entry : named(subject, variable, entry) };
  });
}

function withLocation(parsed: Parsed, location: string | undefined): Parsed {
  if (location === undefined) return parsed;
  if (parsed.ok) return success({ ...parsed.value, location });
  return failure(parsed.error.map((fault) => ({ ...fault, location })));
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
  if (target.kind === "variable") {
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

const LIST: Target = { kind: "list" };
