import { type Fault, type Problem, quote } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { isArray, isObject, type Json, MAX_DEPTH, parseJson } from "../json/json.ts";
import type { JsonError } from "../json/json-error.ts";
import { positionsIn } from "../json/position.ts";
import { readText } from "./file-text.ts";
import type { EntryList } from "./parse.ts";

/** Reads the file in SECRETS_FILE; a relative path is relative to the function's code. */
export async function readSecretsFile(file: string, taskRoot: string | undefined): Promise<Result<EntryList, Fault>> {
  const format = FORMATS.get(file.split(".").at(-1)?.toLowerCase() ?? "");
  if (!format) return failure({ subject: NAME, ...otherExtension(file) });
  const text = readText(file.startsWith("/") || !taskRoot ? file : `${taskRoot}/${file}`);
  if (!text.ok) return failure({ subject: NAME, ...text.error });
  const content = text.value.trim() === "" ? EMPTY : await format.read(text.value);
  const location = locationsIn(text.value, file);
  const invalid = (cause: string, offset?: number) =>
    failure({ subject: NAME, location: location(offset), ...format.invalid(cause) });
  if (!content.ok) {
    return invalid(`the file cannot be read as ${format.name} (${content.error.wrong})`, content.error.offset);
  }
  const { json, offsetOf } = content.value;
  if (isObject(json) || isArray(json)) {
    return success({ name: NAME, json, locationAt: (offset) => location(offsetOf(offset)) });
  }
  return invalid(`the file is ${format.name}, but neither a map nor a list`, offsetOf(json.offset));
}

const NAME = "SECRETS_FILE";

type Format = {
  name: string;
  read(text: string): Promise<ContentResult>;
  invalid(cause: string): Problem;
};

/** The content of a file as JSON, and where an offset in its text is in the file. */
type Content = { json: Json; offsetOf(offset: number): number | undefined };

type ContentResult = Result<Content, JsonError>;

const EMPTY: ContentResult = failure({ wrong: "it is empty" });

async function readJson(text: string): Promise<ContentResult> {
  const json = parseJson(text);
  return json ? success({ json, offsetOf: (offset) => offset }) : failure(await explain(text));
}

async function readYaml(yaml: string): Promise<ContentResult> {
  // Loaded only here: functions without a YAML file do not need it.
  const { yamlToJson } = await import("../json/yaml.ts");
  const converted = yamlToJson(yaml, MAX_DEPTH);
  if (!converted.ok) return converted;
  const { text, offsets } = converted.value;
  const json = parseJson(text);
  return json
    ? success({ json, offsetOf: (offset) => offsets.get(offset) })
    : failure({ wrong: (await explain(text)).wrong });
}

async function explain(text: string): Promise<JsonError> {
  // Loaded only here: a function that starts has no such file.
  const { findJsonError } = await import("../json/json-error.ts");
  return findJsonError(text);
}

function locationsIn(text: string, file: string): (offset: number | undefined) => string {
  const positionOf = positionsIn(text);
  return (offset) => {
    if (offset === undefined) return file;
    const { line, column } = positionOf(offset);
    return `${file}:${line}:${column}`;
  };
}

function otherExtension(file: string): Problem {
  return {
    code: "InvalidSetting",
    cause: `${quote(file)} does not end in .json, .yaml or .yml`,
    remedy: "Use a JSON or YAML file, for example secrets.yaml.",
  };
}

const JSON_FORMAT: Format = {
  name: "JSON",
  read: readJson,
  invalid: (cause) => ({
    code: "InvalidJson",
    cause,
    remedy: 'Write for example {"DB_PASSWORD": "prod/db:password"}, or {} for no secrets.',
  }),
};
const YAML_FORMAT: Format = {
  name: "YAML",
  read: readYaml,
  invalid: (cause) => ({
    code: "InvalidYaml",
    cause,
    remedy: "Write for example DB_PASSWORD: prod/db:password, one line per entry, or {} for no secrets.",
  }),
};
const FORMATS = new Map([
  ["json", JSON_FORMAT],
  ["yaml", YAML_FORMAT],
  ["yml", YAML_FORMAT],
]);
