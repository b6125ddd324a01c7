import { type Problem, quote } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { memoize } from "../host/memoize.ts";
import { isNull, isObject, isTooDeep, type Json, MAX_DEPTH, members, parseJson, toVariableText } from "../json/json.ts";
import type { Fetched, StoredValue } from "../sources/decode.ts";
import { type Naming, nameAll, toVariableName } from "./naming.ts";

/** The value of one JSON key, or of the whole secret where no key is wanted. */
export function selectValue(secret: StoredValue, key: string | undefined): Result<string, Problem> {
  if (key === undefined) return success(wholeValue(secret));
  const found = jsonMembers(secret);
  if (!found.ok) return found;
  const value = found.value.get(key);
  if (!value) return failure(noSuchKey(secret, key, [...found.value.keys()]));
  return isNull(value) ? failure(nullValue(secret, key)) : success(toVariableText(value));
}

/**
 * Keys and values of a JSON object, or of all parameters with their levels joined, by the names of variables. Unless
 * `naming` says otherwise a key is exact, and a parameter in upper case. A null is left out: it counts as missing.
 */
export function selectAll(fetched: Fetched, naming?: Naming): Result<Map<string, string>, Problem> {
  if (fetched.kind === "parameters") {
    const values = fetched.values.map(([name, value]): [string, string] => [name.replaceAll("/", "_"), value]);
    return nameAll(values, naming ?? "upper", "parameters under the path");
  }
  const found = jsonMembers(fetched);
  if (!found.ok) return found;
  const values = [...found.value].filter(([, value]) => !isNull(value));
  return nameAll(
    values.map(([name, value]) => [name, toVariableText(value)]),
    naming ?? "exact",
    "JSON keys",
  );
}

/** `isWhole`: the one value is the whole secret's, and its name is made of the secret's own. */
export type Selection = { values: Map<string, string>; isWhole: boolean };

/** The same, with one name for a value that is not a JSON object: the last segment of its own, `prod/api-token`'s. */
export function selectByName(fetched: Fetched, naming?: Naming): Result<Selection, Problem> {
  const all = selectAll(fetched, naming);
  if (all.ok) return success({ values: all.value, isWhole: false });
  if (fetched.kind === "parameters" || all.error.code !== "NotJson") return all;
  if (fetched.kind === "text" && isTooDeep(fetched.text)) return all;
  const segment = fetched.name.split("/").filter(Boolean).at(-1) ?? fetched.name;
  return success({
    values: new Map([[toVariableName(segment, naming ?? "upper"), wholeValue(fetched)]]),
    isWhole: true,
  });
}

function wholeValue(secret: StoredValue): string {
  return secret.kind === "text" ? secret.text : secret.base64;
}

/** The keys and values of a secret's JSON, of which the last counts where a key is repeated: read once for all entries. */
const jsonMembers = memoize((secret: StoredValue): Result<Map<string, Json>, Problem> => {
  if (secret.kind === "binary") return failure(BINARY);
  const json = parseJson(secret.text);
  if (!json)
    return failure(isTooDeep(secret.text) ? tooDeep(secret) : notAnObject(secret, "is not JSON and has no keys"));
  if (!isObject(json)) return failure(notAnObject(secret, "is JSON, but not an object with keys"));
  return success(new Map(members(json)));
});

function noSuchKey({ noun }: StoredValue, key: string, keys: string[]): Problem {
  const more = keys.length > MAX_KEYS ? ` and ${keys.length - MAX_KEYS} more` : "";
  const there = keys.length === 0 ? "It has none" : `It has ${keys.slice(0, MAX_KEYS).map(quote).join(", ")}${more}`;
  return {
    code: "KeyNotFound",
    cause: `the ${noun} has no JSON key ${quote(key)}`,
    remedy: `${there}. Correct the key in SECRETS, or add it to the ${noun}.`,
    missing: true,
  };
}

function nullValue({ noun }: StoredValue, key: string): Problem {
  return {
    code: "KeyIsNull",
    cause: `the ${noun}'s JSON key ${quote(key)} is null`,
    remedy: 'Store a value for it, or use "optional" or "default".',
    missing: true,
  };
}

function notAnObject({ noun }: StoredValue, is: string): Problem {
  return {
    code: "NotJson",
    cause: `the ${noun} ${is}`,
    remedy: `Use a reference without a key to take the whole ${noun}, or store a JSON object in it.`,
  };
}

function tooDeep({ noun }: StoredValue): Problem {
  return {
    code: "NotJson",
    cause: `the ${noun}'s JSON is nested more than ${MAX_DEPTH} levels deep, and its keys cannot be read`,
    remedy: `Use a reference without a key to take the whole ${noun}, or store flatter JSON in it.`,
  };
}

const MAX_KEYS = 30;

const BINARY: Problem = {
  code: "NotJson",
  cause: "the secret is binary and has no JSON keys",
  remedy: "Use a reference without a key to take the whole secret: the variable then contains base64.",
};
