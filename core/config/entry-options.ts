import { type Problem, quote } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { duplicates, isObject, type Json, toValue } from "../json/json.ts";
import { kindOf } from "../json/kind.ts";
import { type FileTarget, parseFileTarget } from "./file-target.ts";
import { pattern, problemOf } from "./grammar.ts";
import type { CheckOptions } from "./load-check-options.ts";
import { parseParameter, parseSecret, type Reference } from "./reference.ts";

/** One entry's right-hand side. */
export type EntryOptions = {
  reference: Reference;
  /** The JSON key whose value is used; the whole value where undefined. */
  key?: string;
  optional: boolean;
  default?: string;
  /** `base64`: encodes a string. `utf8`: decodes binary, which is otherwise in base64. */
  encoding?: "base64" | "utf8";
  /** Where the value goes; the variable then holds the path. */
  file?: FileTarget;
  /** How a wildcard or list entry names its variables. */
  names?: "exact" | "upper";
  /** What the secret is; `file` is then the folder for the files it becomes. */
  format?: "x509-svid";
  /** How long the live cache serves the value without a call, in seconds. */
  ttl?: number;
};

/** Reads a reference string or an object with options; gives every reason why it is not valid. */
export function parseEntryOptions(json: Json, checkOptions: CheckOptions): Result<EntryOptions, Problem[]> {
  const repeated = isObject(json) ? duplicates(json) : [];
  if (repeated.length > 0) return failure(repeated.map((option) => duplicate(`option ${quote(option)}`)));
  const value = toValue(json);
  if (typeof value === "string") return parseReference(value);
  if (!isObject(json)) return failure([problemOf("reference", "kind", kindOf(value))]);
  const problems = checkOptions(value as Record<string, unknown>);
  return problems.length > 0 ? failure(problems) : fromOptions(value as Options);
}

/** Reads a reference string. */
export function parseReference(text: string): Result<EntryOptions, Problem[]> {
  const isParameter = pattern("parameterReference").test(text);
  return fromOptions(isParameter ? { parameter: text.replace(/^ssm:/, "") } : { secret: text });
}

/** The name or ARN as the user wrote it, however wrong the rest. */
export function referenceText(json: Json): string | undefined {
  const value = toValue(json);
  if (typeof value === "string") return value || undefined;
  const { secret, parameter } = Object(value) as { secret?: unknown; parameter?: unknown };
  return [secret, parameter].find((text) => typeof text === "string" && text !== "") as string | undefined;
}

/** Something is defined twice. */
export function duplicate(what: string): Problem {
  return problemOf("duplicate", "twice", what);
}

/** What the table in grammar.json allows. */
type Options = {
  secret?: string;
  parameter?: string;
  mode?: string;
  file?: string;
  optional?: boolean;
} & Pick<EntryOptions, "key" | "default" | "encoding" | "names" | "format" | "ttl">;

function fromOptions({ secret = "", parameter, key: option, ...rest }: Options): Result<EntryOptions, Problem[]> {
  const parsed = parameter === undefined ? parseSecret(secret) : parseParameter(parameter);
  if (!parsed.ok) return failure([parsed.error]);
  if (option && parsed.value.key) return failure([problemOf("key", "twice")]);
  const key = option ?? parsed.value.key;
  const file = rest.file === undefined ? undefined : parseFileTarget(rest.file, rest.mode);
  if (file && !file.ok) return failure([file.error]);
  if (rest.mode !== undefined && !file) return failure([problemOf("file", "modeWithoutFile")]);
  if (rest.format && parameter !== undefined) return failure([problemOf("formatOfParameter", "parameter")]);
  if (rest.format && !file) return failure([problemOf("format", "withoutFile")]);
  if (rest.format && (key ?? rest.encoding ?? rest.default) !== undefined)
    return failure([problemOf("format", "ofPart")]);
  return success({
    reference: parsed.value.reference,
    ...(key !== undefined && { key }),
    optional: rest.optional ?? false,
    ...(rest.default !== undefined && { default: rest.default }),
    ...(rest.encoding && { encoding: rest.encoding }),
    ...(rest.names && { names: rest.names }),
    ...(file && { file: file.value }),
    ...(rest.format && { format: rest.format }),
    ...(rest.ttl !== undefined && { ttl: rest.ttl }),
  });
}
