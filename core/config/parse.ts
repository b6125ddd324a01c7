import type { Fault, Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import {
  describeJsonError,
  duplicates,
  elements,
  isArray,
  isObject,
  type Json,
  members,
  parseJson,
} from "../json/json.ts";
import { duplicate, type EntryOptions, parseEntryOptions, referenceText } from "./entry-options.ts";
import { problemOf } from "./grammar.ts";
import { checkName } from "./variable-names.ts";

/** An entry of SECRETS: a value for one variable, or several values. */
export type Entry = EntryOptions & {
  /** The variable or wildcard as the user wrote it, or `SECRETS[0]` in a list. */
  subject: string;
  /** The file it is written in, with line and column. */
  place?: string;
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
  placeOf?(json: Json): string;
};

export type Entries = {
  /** Of use only where there is no fault. */
  entries: Entry[];
  faults: Fault[];
  /** The last place of each name in an object, right or wrong. */
  places: ReadonlyMap<string, string | undefined>;
};

/** Reads SECRETS. Every fault is reported. */
export function parseSecrets(text: string): Entries {
  const json = parseJson(text);
  if (json && (isArray(json) || isObject(json))) return parseEntries({ name: "SECRETS", json });
  const fault = json ? { subject: "SECRETS", ...problemOf("secrets", "neitherObjectNorList") } : notJson(text);
  return { entries: [], faults: [fault], places: new Map() };
}

/** The same, of whatever holds entries. */
export function parseEntries({ name, json, placeOf }: EntryList): Entries {
  const isList = isArray(json);
  const items = isList ? elements(json).map((item, index) => [`${name}[${index}]`, item] as const) : members(json);
  const parsed = items.map(([subject, item]) =>
    placed(isList ? parseEntry(subject, LIST, item) : parseMember(subject, item), placeOf?.(item)),
  );
  const places = new Map(items.map(([subject, item]) => [subject, placeOf?.(item)]));
  return {
    entries: parsed.flatMap((entry) => (entry.ok ? [entry.value] : [])),
    faults: [
      ...parsed.flatMap((entry) => (entry.ok ? [] : entry.error)),
      ...(isList ? [] : duplicateEntries(json, places)),
    ],
    places,
  };
}

type Parsed = Result<Entry, Fault[]>;

function placed(parsed: Parsed, place: string | undefined): Parsed {
  if (place === undefined) return parsed;
  if (parsed.ok) return success({ ...parsed.value, place });
  return failure(parsed.error.map((fault) => ({ ...fault, place })));
}

function parseMember(subject: string, json: Json): Parsed {
  const isWildcard = subject.endsWith("*");
  const prefix = subject.slice(0, -1);
  const named = isWildcard ? prefix && checkName(prefix) : checkName(subject);
  const target: Target = isWildcard ? { kind: "wildcard", prefix } : { kind: "variable", name: subject };
  const entry = parseEntry(subject, target, json);
  return named ? failure([{ subject, ...named }, ...(entry.ok ? [] : entry.error)]) : entry;
}

function parseEntry(subject: string, target: Target, json: Json): Parsed {
  const options = parseEntryOptions(json);
  const problems = options.ok ? checkTarget(target, options.value) : options.error;
  if (options.ok && problems.length === 0) return success({ subject, target, ...options.value });
  const secret = referenceText(json);
  return failure(problems.map((problem) => ({ subject, ...(secret && { secret }), ...problem })));
}

function checkTarget(target: Target, { reference, key, encoding, file, ...options }: EntryOptions): Problem[] {
  if (target.kind === "variable") return reference.source === "path" ? [problemOf("pathForVariable", "several")] : [];
  return (key ?? options.default ?? encoding ?? file) === undefined ? [] : [problemOf("expansion", "ofOne")];
}

function duplicateEntries(json: Json, places: Entries["places"]): Fault[] {
  return duplicates(json).map((subject) => {
    const place = places.get(subject);
    return { subject, ...(place && { place }), ...duplicate("entry") };
  });
}

function notJson(text: string): Fault {
  const where = text.trim() === "" ? "it is empty" : describeJsonError(text);
  return {
    subject: "SECRETS",
    code: "InvalidJson",
    cause: `the variable is not valid JSON (${where})`,
    remedy: 'Write for example {"DB_PASSWORD": "prod/db:password"}, or {} for no secrets.',
  };
}

const LIST: Target = { kind: "list" };
