import type { Secret } from "./decode.ts";
import { type Cause, quote } from "./fault.ts";
import { isNull, isObject, isTooDeep, type Json, MAX_DEPTH, members, parseJson, toText } from "./json.ts";

/** The value of one JSON key, or of the whole secret where no key is wanted. */
export function selectValue(secret: Secret, key: string | undefined): string | Cause {
  if (key === undefined) return secret.kind === "text" ? secret.text : secret.base64;
  const found = jsonMembers(secret);
  if (!Array.isArray(found)) return found;
  const value = new Map(found).get(key);
  if (!value) return noSuchKey(key, found);
  return isNull(value) ? nullValue(key) : toText(value);
}

/** Keys and values of a secret that is a JSON object. A null is left out: it counts as missing. */
export function selectAll(secret: Secret): Map<string, string> | Cause {
  const found = jsonMembers(secret);
  if (!Array.isArray(found)) return found;
  const values = [...new Map(found)].filter(([, value]) => !isNull(value));
  return new Map(values.map(([name, value]) => [name, toText(value)]));
}

/** The same, with one name for a secret that is not a JSON object: its last path segment. */
export function selectByName(secret: Secret): Map<string, string> | Cause {
  const all = selectAll(secret);
  return all instanceof Map || all === TOO_DEEP
    ? all
    : new Map([[toVariableName(secret.name), selectValue(secret, undefined) as string]]);
}

/** `prod/api-token` becomes `API_TOKEN`. */
function toVariableName(secretName: string): string {
  const segment = secretName.split("/").filter(Boolean).at(-1) ?? secretName;
  return segment.toUpperCase().replace(/[^A-Z0-9_]/g, "_");
}

function jsonMembers(secret: Secret): [string, Json][] | Cause {
  if (secret.kind === "binary") return BINARY;
  const json = parseJson(secret.text);
  if (!json) return isTooDeep(secret.text) ? TOO_DEEP : NOT_JSON;
  return isObject(json) ? members(json) : NOT_AN_OBJECT;
}

function noSuchKey(key: string, found: [string, Json][]): Cause {
  const keys = found.map(([name]) => quote(name));
  const more = keys.length > MAX_KEYS ? ` and ${keys.length - MAX_KEYS} more` : "";
  const there = keys.length === 0 ? "It has none" : `It has ${keys.slice(0, MAX_KEYS).join(", ")}${more}`;
  return {
    code: "KeyNotFound",
    cause: `the secret has no JSON key ${quote(key)}`,
    remedy: `${there}. Correct the key in SECRETS, or add it to the secret.`,
    missing: true,
  };
}

function nullValue(key: string): Cause {
  return {
    code: "KeyIsNull",
    cause: `the secret's JSON key ${quote(key)} is null`,
    remedy: 'Put a value there, or mark the entry "optional" or give it a "default".',
    missing: true,
  };
}

const MAX_KEYS = 30;

const BINARY: Cause = {
  code: "NotJson",
  cause: "the secret is binary and has no JSON keys",
  remedy: "Take the whole secret by a reference without a key: its variable then holds base64.",
};
const NOT_JSON: Cause = {
  code: "NotJson",
  cause: "the secret is not JSON and has no keys",
  remedy: "Take the whole secret by a reference without a key, or store a JSON object in it.",
};
const TOO_DEEP: Cause = {
  code: "NotJson",
  cause: `the secret's JSON is nested more than ${MAX_DEPTH} deep, and its keys cannot be read`,
  remedy: "Take the whole secret by a reference without a key, or store flatter JSON in it.",
};
const NOT_AN_OBJECT: Cause = {
  code: "NotJson",
  cause: "the secret is JSON, but not an object with keys",
  remedy: "Take the whole secret by a reference without a key, or store a JSON object in it.",
};
