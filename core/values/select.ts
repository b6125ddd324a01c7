import { type Cause, quote } from "../fault/fault.ts";
import { memoize } from "../host/once.ts";
import {
  isNull,
  isObject,
  isTooDeep,
  type Json,
  MAX_DEPTH,
  members,
  parseJson,
  repeated,
  toText,
} from "../json/json.ts";
import type { Fetched, Parameters, Secret } from "../sources/decode.ts";

/** The value of one JSON key, or of the whole secret where no key is wanted. */
export function selectValue(secret: Secret, key: string | undefined): string | Cause {
  if (key === undefined) return secret.kind === "text" ? secret.text : secret.base64;
  const found = jsonMembers(secret);
  if (!(found instanceof Map)) return found;
  const value = found.get(key);
  if (!value) return noSuchKey(secret, key, [...found.keys()]);
  return isNull(value) ? nullValue(secret, key) : toText(value);
}

/** Keys and values of a JSON object, or of all parameters. A null is left out: it counts as missing. */
export function selectAll(fetched: Fetched): Map<string, string> | Cause {
  if (fetched.kind === "parameters") return nameParameters(fetched);
  const found = jsonMembers(fetched);
  if (!(found instanceof Map)) return found;
  const values = [...found].filter(([, value]) => !isNull(value));
  return new Map(values.map(([name, value]) => [name, toText(value)]));
}

/** The same, with one name for a value that is not a JSON object: the last segment of its own, `prod/api-token`'s. */
export function selectByName(fetched: Fetched): Map<string, string> | Cause {
  const all = selectAll(fetched);
  if (all instanceof Map || fetched.kind === "parameters" || (fetched.kind === "text" && isTooDeep(fetched.text)))
    return all;
  const segment = fetched.name.split("/").filter(Boolean).at(-1) ?? fetched.name;
  return new Map([[toVariableName(segment), selectValue(fetched, undefined) as string]]);
}

/** Every level under the path becomes a part of the name. */
function nameParameters({ values }: Parameters): Map<string, string> | Cause {
  const named = values.map(([name, value]) => [toVariableName(name), value] as const);
  const [twice] = repeated(named.map(([name]) => name));
  return twice === undefined ? new Map(named) : sameName(twice);
}

/** `api-token` becomes `API_TOKEN`. */
function toVariableName(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9_]/g, "_");
}

/** The keys and values of a secret's JSON, of which the last counts where a key is repeated: read once for all entries. */
const jsonMembers = memoize((secret: Secret): Map<string, Json> | Cause => {
  if (secret.kind === "binary") return BINARY;
  const json = parseJson(secret.text);
  if (!json) return isTooDeep(secret.text) ? tooDeep(secret) : notAnObject(secret, "is not JSON and has no keys");
  return isObject(json) ? new Map(members(json)) : notAnObject(secret, "is JSON, but not an object with keys");
});

function noSuchKey({ noun }: Secret, key: string, keys: string[]): Cause {
  const more = keys.length > MAX_KEYS ? ` and ${keys.length - MAX_KEYS} more` : "";
  const there = keys.length === 0 ? "It has none" : `It has ${keys.slice(0, MAX_KEYS).map(quote).join(", ")}${more}`;
  return {
    code: "KeyNotFound",
    cause: `the ${noun} has no JSON key ${quote(key)}`,
    remedy: `${there}. Correct the key in SECRETS, or add it to the ${noun}.`,
    missing: true,
  };
}

function nullValue({ noun }: Secret, key: string): Cause {
  return {
    code: "KeyIsNull",
    cause: `the ${noun}'s JSON key ${quote(key)} is null`,
    remedy: 'Put a value there, or mark the entry "optional" or give it a "default".',
    missing: true,
  };
}

function notAnObject({ noun }: Secret, is: string): Cause {
  return {
    code: "NotJson",
    cause: `the ${noun} ${is}`,
    remedy: `Take the whole ${noun} by a reference without a key, or store a JSON object in it.`,
  };
}

function tooDeep({ noun }: Secret): Cause {
  return {
    code: "NotJson",
    cause: `the ${noun}'s JSON is nested more than ${MAX_DEPTH} deep, and its keys cannot be read`,
    remedy: `Take the whole ${noun} by a reference without a key, or store flatter JSON in it.`,
  };
}

function sameName(name: string): Cause {
  return {
    code: "NameCollision",
    cause: "two parameters under the path give the same variable",
    remedy: `It is ${quote(name)}. Rename one of the parameters, or name the variables in SECRETS one by one.`,
  };
}

const MAX_KEYS = 30;

const BINARY: Cause = {
  code: "NotJson",
  cause: "the secret is binary and has no JSON keys",
  remedy: "Take the whole secret by a reference without a key: its variable then holds base64.",
};
