import * as z from "zod/mini";
import { type Cause, type Fault, quote } from "./fault.ts";
import { describeJsonError, elements, isArray, isObject, type Json, members, parseJson, toValue } from "./json.ts";
import { checkName } from "./names.ts";
import { parseReference, type Reference } from "./reference.ts";

/** What SECRETS asks for: a value for one variable, or a secret to take several from. */
export type Entry = {
  /** The variable or wildcard as the user wrote it, or `SECRETS[0]` in a list. */
  subject: string;
  target: Target;
  reference: Reference;
  /** The JSON key whose value is wanted; the whole secret where undefined. */
  key?: string;
  optional: boolean;
  default?: string;
};

export type Target =
  | { kind: "variable"; name: string }
  /** Every key of the JSON object, with this prefix. */
  | { kind: "wildcard"; prefix: string }
  /** Every key of the JSON object; or, for another text, one variable named after the secret. */
  | { kind: "list" };

/** Reads SECRETS. Every fault is reported; entries are of use only where there is none. */
export function parseSecrets(text: string): { entries: Entry[]; faults: Fault[] } {
  const json = parseJson(text);
  if (!json) return { entries: [], faults: [notJson(text)] };
  if (isArray(json)) return sorted(elements(json).map(parseListItem));
  if (isObject(json)) return sorted(members(json).map(parseMember), duplicateEntries(json));
  return { entries: [], faults: [{ subject: "SECRETS", ...NOT_A_MAP }] };
}

type Parsed = Entry | Fault[];

function sorted(parsed: Parsed[], others: Fault[] = []): { entries: Entry[]; faults: Fault[] } {
  return {
    entries: parsed.flatMap((item) => (Array.isArray(item) ? [] : [item])),
    faults: [...parsed.flatMap((item) => (Array.isArray(item) ? item : [])), ...others],
  };
}

function parseMember([subject, json]: [string, Json]): Parsed {
  const isWildcard = subject.endsWith("*");
  const prefix = subject.slice(0, -1);
  const named = isWildcard ? prefix && checkName(prefix) : checkName(subject);
  const target: Target = isWildcard ? { kind: "wildcard", prefix } : { kind: "variable", name: subject };
  const entry = parseEntry(subject, target, json);
  return named ? [{ subject, ...named }, ...(Array.isArray(entry) ? entry : [])] : entry;
}

function parseListItem(json: Json, index: number): Parsed {
  return parseEntry(`SECRETS[${index}]`, { kind: "list" }, json);
}

function parseEntry(subject: string, target: Target, json: Json): Parsed {
  const repeated = isObject(json) ? duplicates(json) : [];
  if (repeated.length > 0) return repeated.map((option) => ({ subject, ...duplicate(`option ${quote(option)}`) }));
  const value = toValue(json);
  const form = typeof value === "string" ? { secret: value } : value;
  const result = ObjectForm.safeParse(form);
  if (!result.success) {
    return result.error.issues.flatMap((issue) => explain(issue, form)).map((cause) => ({ subject, ...cause }));
  }
  const parsed = parseForm(result.data, target);
  return "code" in parsed ? [{ subject, secret: result.data.secret, ...parsed }] : { subject, target, ...parsed };
}

function parseForm(form: z.infer<typeof ObjectForm>, target: Target): Omit<Entry, "subject" | "target"> | Cause {
  if (form.secret.startsWith("ssm:")) return notSupported("Parameter Store (ssm:)");
  const parsed = parseReference(form.secret);
  if ("fault" in parsed) return badReference(parsed.fault);
  if (form.key && parsed.key) return TWO_KEYS;
  const key = form.key ?? parsed.key;
  if (target.kind !== "variable" && (key ?? form.default) !== undefined) return EXPANSION_WITH_KEY;
  return {
    reference: parsed.reference,
    ...(key !== undefined && { key }),
    optional: form.optional ?? false,
    ...(form.default !== undefined && { default: form.default }),
  };
}

const ObjectForm = z.strictObject({
  secret: z.string(),
  key: z.optional(z.string().check(z.minLength(1))),
  optional: z.optional(z.boolean()),
  default: z.optional(z.string()),
});

function explain(issue: z.core.$ZodIssue, form: unknown): Cause[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map(unknownOption);
  if (issue.path.length === 0) return [badReference(`a reference is a string or an object, not ${kindOf(form)}`)];
  const option = String(issue.path[0]);
  const value = (form as Record<string, unknown>)[option];
  // With an option that is for later, "secret" may rightly be absent.
  if (option === "secret" && value === undefined && LATER.some((later) => later in (form as object))) return [];
  const expected = issue.code === "invalid_type" ? `a ${issue.expected}` : "a text that is not empty";
  const found = value === undefined ? "missing" : kindOf(value);
  return [
    {
      code: "InvalidOption",
      cause: `the option ${quote(option)} must be ${expected}, and is ${found}`,
      remedy: 'Write for example {"secret": "prod/db", "key": "password"}.',
    },
  ];
}

function unknownOption(option: string): Cause {
  if (LATER.includes(option)) return notSupported(`the option ${quote(option)}`);
  return {
    code: "UnknownOption",
    cause: `there is no option ${quote(option)}`,
    remedy: `The options are ${Object.keys(ObjectForm.shape).map(quote).join(", ")}.`,
  };
}

function duplicates(json: Json): string[] {
  const names = members(json).map(([name]) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function duplicateEntries(json: Json): Fault[] {
  return duplicates(json).map((subject) => ({ subject, ...duplicate("entry") }));
}

function duplicate(what: string): Cause {
  return { code: "DuplicateEntry", cause: `the ${what} is there twice`, remedy: "Keep one of them." };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return value === "" ? "an empty text" : `a ${typeof value}`;
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

function badReference(cause: string): Cause {
  return {
    code: "InvalidReference",
    cause,
    remedy:
      'Write "name", "name:json-key" or "name:json-key:version-stage:version-id", with a name or a full ARN; a key with a colon goes into the object form, {"secret": "name", "key": "a:b"}.',
  };
}

function notSupported(what: string): Cause {
  return { code: "NotSupported", cause: `${what} is not supported in this version`, remedy: "Remove it from SECRETS." };
}

const LATER = ["parameter", "file", "mode", "encoding", "format"];

const NOT_A_MAP: Cause = {
  code: "InvalidJson",
  cause: "the variable is JSON, but neither an object nor a list",
  remedy: 'Write for example {"DB_PASSWORD": "prod/db:password"} or ["prod/app"].',
};
const TWO_KEYS: Cause = {
  code: "InvalidReference",
  cause: 'the JSON key is given twice, in the reference and in "key"',
  remedy: "Keep one of them.",
};
const EXPANSION_WITH_KEY: Cause = {
  code: "InvalidReference",
  cause: "a wildcard or list entry takes every key of a secret, so that it has no JSON key and no default",
  remedy: 'To take one key, name the variable: {"DB_PASSWORD": "prod/db:password"}.',
};
