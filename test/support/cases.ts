import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stored } from "./store.ts";

/** One secret, what SECRETS takes from it, and what comes of it. */
export type Case = {
  name: string;
  secretString?: string;
  secretBinary?: string;
  secrets: unknown;
  expect?: Record<string, string>;
  absent?: string[];
  fails?: string;
  /** It starts, and the log has a warning with this word. */
  warns?: string;
};

/** The file is shared with other programs, which refuse such a key of a wildcard; here it is skipped with a warning. */
const SKIPPED = ["wildcard sets PATH", "wildcard sets LD_PRELOAD", "wildcard with a bad name"];

export const CASES: Case[] = (
  JSON.parse(readFileSync(join(__dirname, "..", "cases", "values.json"), "utf8")) as Case[]
).map(({ fails, ...rest }) => {
  if (fails === undefined) return rest;
  return SKIPPED.includes(rest.name) ? { ...rest, expect: {}, warns: fails } : { ...rest, fails };
});

export function storedOf({ secretString, secretBinary = "" }: Case): Stored {
  return secretString ?? Buffer.from(secretBinary, "base64");
}

/** Several cases for one function: a secret for each, and variables that begin with its number. */
export type Combined = {
  stored: Record<string, Stored>;
  references: Record<string, unknown>;
  expected: Record<string, string>;
  absent: string[];
};

export function combine(cases: Case[]): Combined {
  const combined: Combined = { stored: {}, references: {}, expected: {}, absent: [] };
  cases.forEach((given, index) => {
    const rename = (name: string) => `C${index}_${name}`;
    combined.stored[`case${index}`] = storedOf(given);
    for (const [name, reference] of Object.entries(entriesOf(given))) {
      combined.references[rename(name)] = withSecret(reference, `case${index}`);
    }
    for (const [name, value] of Object.entries(given.expect ?? {})) combined.expected[rename(name)] = value;
    combined.absent.push(...(given.absent ?? []).map(rename));
  });
  return combined;
}

/** The same reference to another secret than `case`. */
function withSecret(reference: unknown, id: string): unknown {
  if (typeof reference === "string") return reference.replace(/^case(?=:|$)/, id);
  const options = reference as { secret: string };
  return { ...options, secret: withSecret(options.secret, id) };
}

/** A list names its variables itself, which cannot be among entries: JSON is a wildcard then, text has its one name. */
function entriesOf({ secrets, secretString = "", expect = {} }: Case): object {
  if (!Array.isArray(secrets)) return secrets as object;
  const names = secretString.startsWith("{") ? ["*"] : Object.keys(expect);
  return Object.fromEntries(names.map((name) => [name, secrets[0]]));
}
