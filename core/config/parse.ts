import type { Fault, Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { duplicates, elements, isArray, type Json, members } from "../json/json.ts";
import { duplicate, type EntryOptions, parseEntryOptions, referenceText } from "./entry-options.ts";
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
export function parseEntries({ name, json, locationOf }: EntryList, checkOptions: CheckOptions): Entries {
  const isList = isArray(json);
  const items = isList ? elements(json).map((item, index) => [`${name}[${index}]`, item] as const) : members(json);
  const parsed = items.map(([subject, item]) =>
    withLocation(
      isList ? parseEntry(subject, LIST, item, checkOptions) : parseMember(subject, item, checkOptions),
      locationOf?.(item),
    ),
  );
  const locations = new Map(items.map(([subject, item]) => [subject, locationOf?.(item)]));
  return {
    entries: parsed.flatMap((entry) => (entry.ok ? [entry.value] : [])),
    faults: [
      ...parsed.flatMap((entry) => (entry.ok ? [] : entry.error)),
      ...(isList ? [] : duplicateEntries(json, locations)),
    ],
    locations,
  };
}

type Parsed = Result<Entry, Fault[]>;

function withLocation(parsed: Parsed, location: string | undefined): Parsed {
  if (location === undefined) return parsed;
  if (parsed.ok) return success({ ...parsed.value, location });
  return failure(parsed.error.map((fault) => ({ ...fault, location })));
}

function parseMember(subject: string, json: Json, checkOptions: CheckOptions): Parsed {
  const isWildcard = subject.endsWith("*");
  const prefix = subject.slice(0, -1);
  const named = isWildcard && prefix === "" ? success(undefined) : checkName(isWildcard ? prefix : subject);
  const target: Target = isWildcard ? { kind: "wildcard", prefix } : { kind: "variable", name: subject };
  const entry = parseEntry(subject, target, json, checkOptions);
  return named.ok ? entry : failure([{ subject, ...named.error }, ...(entry.ok ? [] : entry.error)]);
}

function parseEntry(subject: string, target: Target, json: Json, checkOptions: CheckOptions): Parsed {
  const options = parseEntryOptions(json, checkOptions);
  const problems = options.ok ? checkTarget(target, options.value) : options.error;
  if (options.ok && problems.length === 0) return success({ subject, target, ...options.value });
  const secret = referenceText(json);
  return failure(problems.map((problem) => ({ subject, ...(secret && { secret }), ...problem })));
}

function checkTarget(target: Target, { reference, key, encoding, file, ...options }: EntryOptions): Problem[] {
  if (target.kind === "variable") return reference.kind === "path" ? [problemOf("pathForVariable", "several")] : [];
  return (key ?? options.default ?? encoding ?? file) === undefined ? [] : [problemOf("expansion", "ofOne")];
}

function duplicateEntries(json: Json, locations: Entries["locations"]): Fault[] {
  return duplicates(json).map((subject) => {
    const location = locations.get(subject);
    return { subject, ...(location && { location }), ...duplicate("entry") };
  });
}

const LIST: Target = { kind: "list" };
