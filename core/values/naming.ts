import type { EntryOptions } from "../config/entry-options.ts";
import { type Problem, quote } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { findDuplicates } from "../json/json.ts";

/** `upper`: `api-token` becomes `API_TOKEN`. `exact`: it stays as it is. */
export type Naming = NonNullable<EntryOptions["names"]>;

/** Values by the names of variables. `nouns`: what the values are, for a message. */
export function nameAll(
  values: [name: string, value: string][],
  naming: Naming,
  nouns: string,
): Result<Map<string, string>, Problem> {
  const named = values.map(([name, value]) => [toVariableName(name, naming), value] as const);
  const [duplicate] = findDuplicates(named.map(([name]) => name));
  return duplicate === undefined ? success(new Map(named)) : failure(sameName(duplicate, nouns));
}

export function toVariableName(name: string, naming: Naming): string {
  return naming === "exact" ? name : name.toUpperCase().replace(/[^A-Z0-9_]/g, "_");
}

function sameName(name: string, nouns: string): Problem {
  return {
    code: "NameCollision",
    cause: `two ${nouns} produce the same variable`,
    remedy: `It is ${quote(name)}. Rename one of the ${nouns}, or name the variables in SECRETS one by one.`,
  };
}
