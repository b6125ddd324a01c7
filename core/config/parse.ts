import type { Cause, Fault } from "../fault/fault.ts";
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
import { duplicate, type Form, parseForm, referenceText } from "./entry-options.ts";
import { causeOf } from "./grammar.ts";
import { checkName } from "./variable-names.ts";

/** An entry of SECRETS: a value for one variable, or several values. */
export type Entry = Form & {
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
export type Document = {
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
  const fault = json ? { subject: "SECRETS", ...causeOf("secrets", "neitherObjectNorList") } : notJson(text);
  return { entries: [], faults: [fault], places: new Map() };
}

/** The same, of whatever holds entries. */
export function parseEntries({ name, json, placeOf }: Document): Entries {
  const isList = isArray(json);
  const items = isList ? elements(json).map((item, index) => [`${name}[${index}]`, item] as const) : members(json);
  const parsed = items.map(([subject, item]) =>
    placed(isList ? parseEntry(subject, LIST, item) : parseMember(subject, item), placeOf?.(item)),
  );
  const places = new Map(items.map(([subject, item]) => [subject, placeOf?.(item)]));
  return {
    entries: parsed.flatMap((item) => (Array.isArray(item) ? [] : [item])),
    faults: [
      ...parsed.flatMap((item) => (Array.isArray(item) ? item : [])),
      ...(isList ? [] : duplicateEntries(json, places)),
    ],
    places,
  };
}

type Parsed = Entry | Fault[];

function placed(parsed: Parsed, place: string | undefined): Parsed {
  if (place === undefined) return parsed;
  return Array.isArray(parsed) ? parsed.map((fault) => ({ ...fault, place })) : { ...parsed, place };
}

function parseMember(subject: string, json: Json): Parsed {
  const isWildcard = subject.endsWith("*");
  const prefix = subject.slice(0, -1);
  const named = isWildcard ? prefix && checkName(prefix) : checkName(subject);
  const target: Target = isWildcard ? { kind: "wildcard", prefix } : { kind: "variable", name: subject };
  const entry = parseEntry(subject, target, json);
  return named ? [{ subject, ...named }, ...(Array.isArray(entry) ? entry : [])] : entry;
}

function parseEntry(subject: string, target: Target, json: Json): Parsed {
  const form = parseForm(json);
  const causes = Array.isArray(form) ? form : checkTarget(target, form);
  if (!Array.isArray(form) && causes.length === 0) return { subject, target, ...form };
  const secret = referenceText(json);
  return causes.map((cause) => ({ subject, ...(secret && { secret }), ...cause }));
}

function checkTarget(target: Target, { reference, key, encoding, file, ...form }: Form): Cause[] {
  if (target.kind === "variable") return reference.source === "path" ? [causeOf("pathForVariable", "several")] : [];
  return (key ?? form.default ?? encoding ?? file) === undefined ? [] : [causeOf("expansion", "ofOne")];
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
