import { type Cause, type Fault, quote } from "../fault/fault.ts";
import {
  findJsonError,
  isArray,
  isObject,
  type Json,
  type JsonError,
  MAX_DEPTH,
  offsetOf,
  parseJson,
} from "../json/json.ts";
import { positionsIn } from "../json/position.ts";
import { readText } from "./file-text.ts";
import type { Document } from "./parse.ts";

/** Reads the file in SECRETS_FILE; a relative path is relative to the function's code. */
export async function readSecretsFile(file: string, taskRoot: string | undefined): Promise<Document | Fault> {
  const format = FORMATS.get(file.split(".").at(-1)?.toLowerCase() ?? "");
  if (!format) return { subject: NAME, ...otherExtension(file) };
  const text = readText(file.startsWith("/") || !taskRoot ? file : `${taskRoot}/${file}`);
  if (typeof text !== "string") return { subject: NAME, ...text };
  const content = text.trim() === "" ? { wrong: "it is empty" } : await format.read(text);
  const place = placesIn(text, file);
  if ("wrong" in content) {
    const cause = `the file cannot be read as ${format.name} (${content.wrong})`;
    return { subject: NAME, place: place(content.offset), ...format.invalid(cause) };
  }
  if (isObject(content.json) || isArray(content.json)) {
    return { name: NAME, json: content.json, placeOf: (json) => place(content.offsetOf(json)) };
  }
  const cause = `the file is ${format.name}, but neither a map nor a list`;
  return { subject: NAME, place: place(content.offsetOf(content.json)), ...format.invalid(cause) };
}

const NAME = "SECRETS_FILE";

type Format = {
  name: string;
  read(text: string): Content | JsonError | Promise<Content | JsonError>;
  invalid(cause: string): Cause;
};

/** The content of a file as JSON, and the offsets of its parts in the file. */
type Content = { json: Json; offsetOf(json: Json): number | undefined };

function readJson(text: string): Content | JsonError {
  const json = parseJson(text);
  return json ? { json, offsetOf } : findJsonError(text);
}

async function readYaml(text: string): Promise<Content | JsonError> {
  // Loaded only here: functions without a YAML file do not need it.
  const { yamlToJson } = await import("../json/yaml.ts");
  const found = yamlToJson(text, MAX_DEPTH);
  if ("wrong" in found) return found;
  const json = parseJson(found.source);
  return json
    ? { json, offsetOf: (part) => found.offsets.get(offsetOf(part)) }
    : { wrong: findJsonError(found.source).wrong };
}

function placesIn(text: string, file: string): (offset: number | undefined) => string {
  const positionOf = positionsIn(text);
  return (offset) => {
    if (offset === undefined) return file;
    const { line, column } = positionOf(offset);
    return `${file}:${line}:${column}`;
  };
}

function otherExtension(file: string): Cause {
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
