import * as z from "zod/mini";
import { type Cause, quote } from "../fault/fault.ts";
import { once } from "../host/once.ts";
import { duplicates, isObject, type Json, toValue } from "../json/json.ts";
import { type FileTarget, parseFileTarget } from "./file-target.ts";
import { parseParameter, parseSecret, type Reference } from "./reference.ts";

/** One entry's right-hand side. */
export type Form = {
  reference: Reference;
  /** The JSON key whose value is wanted; the whole value where undefined. */
  key?: string;
  optional: boolean;
  default?: string;
  /** `base64`: of a text. `utf8`: the text of bytes, which are base64 otherwise. */
  encoding?: "base64" | "utf8";
  /** Where the value goes; the variable then holds the path. */
  file?: FileTarget;
  /** What the secret is; `file` is then the folder for the files it becomes. */
  format?: "x509-svid";
};

/** Reads a reference string or an object with options; gives every cause why it cannot be. */
export function parseForm(json: Json): Form | Cause[] {
  const repeated = isObject(json) ? duplicates(json) : [];
  if (repeated.length > 0) return repeated.map((option) => duplicate(`option ${quote(option)}`));
  const value = toValue(json);
  if (typeof value === "string") return fromOptions(toOptions(value));
  const result = optionsSchema().safeParse(value);
  const causes = [...checkSource(value), ...(result.error?.issues ?? []).flatMap((issue) => explain(issue, value))];
  return result.success && causes.length === 0 ? fromOptions(result.data) : causes;
}

/** The name or ARN as the user wrote it, however wrong the rest. */
export function referenceText(json: Json): string | undefined {
  const value = toValue(json);
  if (typeof value === "string") return value || undefined;
  const { secret, parameter } = Object(value) as { secret?: unknown; parameter?: unknown };
  return [secret, parameter].find((text) => typeof text === "string" && text !== "") as string | undefined;
}

/** Something stands there twice. */
export function duplicate(what: string): Cause {
  return { code: "DuplicateEntry", cause: `the ${what} is there twice`, remedy: "Keep one of them." };
}

/** Made only where an entry has options: it takes half a millisecond. */
const optionsSchema = once(() => {
  const text = z.optional(z.string());
  // Not minLength, which measures a list as well.
  const filledText = z.optional(z.string().check(z.regex(/./s)));
  return z.strictObject({
    secret: text,
    parameter: text,
    key: filledText,
    optional: z.optional(z.boolean()),
    default: text,
    encoding: z.optional(z.enum(["base64", "utf8"])),
    file: filledText,
    mode: text,
    format: z.optional(z.enum(["x509-svid"])),
  });
});

type Options = z.infer<ReturnType<typeof optionsSchema>>;

function toOptions(reference: string): Options {
  return reference.startsWith(SSM) ? { parameter: reference.slice(SSM.length) } : { secret: reference };
}

function fromOptions({ secret = "", parameter, key: option, ...rest }: Options): Form | Cause[] {
  const parsed = parameter === undefined ? parseSecret(secret) : parseParameter(parameter);
  if ("fault" in parsed) return [badReference(parsed.fault)];
  if (option && parsed.key) return [TWO_KEYS];
  const key = option ?? parsed.key;
  const file = rest.file === undefined ? undefined : parseFileTarget(rest.file, rest.mode);
  if (file && "fault" in file) return [invalidOption(file.fault, FILE_EXAMPLE)];
  if (rest.mode !== undefined && !file) return [MODE_WITHOUT_FILE];
  if (rest.format && parameter !== undefined) return [FORMAT_OF_A_PARAMETER];
  if (rest.format && !file) return [FORMAT_WITHOUT_FILE];
  if (rest.format && (key ?? rest.encoding ?? rest.default) !== undefined) return [FORMAT_OF_A_PART];
  return {
    reference: parsed.reference,
    ...(key !== undefined && { key }),
    optional: rest.optional ?? false,
    ...(rest.default !== undefined && { default: rest.default }),
    ...(rest.encoding && { encoding: rest.encoding }),
    ...(file && { file }),
    ...(rest.format && { format: rest.format }),
  };
}

/** Not a check of zod's own: those are left out where there is an unknown option, as where "secret" is misspelt. */
function checkSource(options: unknown): Cause[] {
  if (typeof options !== "object" || options === null || Array.isArray(options)) return [];
  const given = ["secret", "parameter"].filter((option) => option in options).length;
  return given === 1 ? [] : [given === 0 ? NO_SOURCE : TWO_SOURCES];
}

function explain(issue: z.core.$ZodIssue, options: unknown): Cause[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map(unknownOption);
  if (issue.path.length === 0) return [badReference(`a reference is a string or an object, not ${kindOf(options)}`)];
  const option = String(issue.path[0]);
  const found = issue.code === "invalid_value" ? "another" : kindOf((options as Record<string, unknown>)[option]);
  const expected = expectedBy(issue);
  return [invalidOption(`the option ${quote(option)} must be ${expected}, and is ${found}`)];
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `a ${issue.expected}`;
  return issue.code === "invalid_value"
    ? issue.values.map((value) => quote(String(value))).join(" or ")
    : "a text that is not empty";
}

function unknownOption(option: string): Cause {
  return {
    code: "UnknownOption",
    cause: `there is no option ${quote(option)}`,
    remedy: `The options are ${Object.keys(optionsSchema().shape).map(quote).join(", ")}.`,
  };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return value === "" ? "an empty text" : `a ${typeof value}`;
}

function invalidOption(cause: string, remedy = EXAMPLE): Cause {
  return { code: "InvalidOption", cause, remedy };
}

function badReference(cause: string): Cause {
  return {
    code: "InvalidReference",
    cause,
    remedy:
      'Write "name", "name:json-key" or "name:json-key:version-stage:version-id", with a name or a full ARN, or "ssm:/name:version" for a parameter; a key with a colon goes into the object form, {"secret": "name", "key": "a:b"}.',
  };
}

const SSM = "ssm:";
const EXAMPLE = 'Write for example {"secret": "prod/db", "key": "password"} or {"parameter": "/prod/log-level"}.';
const FILE_EXAMPLE = 'Write for example {"secret": "prod/tls:key", "file": "tls/key.pem", "mode": "0600"}.';
const FORMAT_EXAMPLE = 'Write for example {"secret": "svid-db", "format": "x509-svid", "file": "svid"}.';

const NO_SOURCE = invalidOption('it has neither "secret" nor "parameter"');
const MODE_WITHOUT_FILE = invalidOption('the option "mode" is for a file, and there is no "file"', FILE_EXAMPLE);
const FORMAT_WITHOUT_FILE = invalidOption(
  'the option "format" needs "file", the folder for what it gives',
  FORMAT_EXAMPLE,
);
const FORMAT_OF_A_PARAMETER = invalidOption(
  'the option "format" is for a secret, and this is a parameter',
  `SPIRE stores identities in Secrets Manager only. ${FORMAT_EXAMPLE}`,
);
const FORMAT_OF_A_PART = invalidOption(
  'the option "format" is for a whole secret, without key, encoding and default',
  FORMAT_EXAMPLE,
);
const TWO_SOURCES = invalidOption('it has both "secret" and "parameter"');
const TWO_KEYS: Cause = {
  code: "InvalidReference",
  cause: 'the JSON key is given twice, in the reference and in "key"',
  remedy: "Keep one of them.",
};
