import * as z from "zod/mini";
import { type Problem, quote } from "../fault/fault.ts";
import { kindOf } from "../json/kind.ts";
import { grammar, problemOf, unknownOption } from "./grammar.ts";

/** Checks an entry's options by the table in grammar.json; gives every reason why they are not valid. */
export function checkOptions(options: Record<string, unknown>): Problem[] {
  const issues = OPTIONS.safeParse(options).error?.issues ?? [];
  return [...checkSource(options), ...issues.flatMap((issue) => explainIssue(issue, options))];
}

type OptionRule = (typeof grammar.options)[number];

// A compiled schema takes longer to make than to use.
z.config({ jitless: true });

const STRING = z.optional(z.string());

function schemaOf({ kind, pattern }: OptionRule) {
  if (kind === "a boolean") return z.optional(z.boolean());
  const regex = new RegExp(pattern);
  if (kind === "a number") return z.optional(z.number().check(z.refine((number) => regex.test(String(number)))));
  return pattern === "" ? STRING : z.optional(z.string().check(z.regex(regex)));
}

const OPTIONS = z.strictObject(Object.fromEntries(grammar.options.map((rule) => [rule.name, schemaOf(rule)])));

/** Not a check of zod's own: those are left out where there is an unknown option, as where "secret" is misspelt. */
function checkSource(options: Record<string, unknown>): Problem[] {
  const sources = ["secret", "parameter"].filter((name) => Object.hasOwn(options, name));
  return sources.length === 1 ? [] : [problemOf("option", sources.length === 0 ? "noSource" : "twoSources")];
}

function explainIssue(issue: z.core.$ZodIssue, options: Record<string, unknown>): Problem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((option) => unknownOption(option, NAMES));
  const [name, expected] = grammar.options
    .filter((rule) => rule.name === issue.path[0])
    .flatMap((rule) => [rule.name, rule.expected]) as [string, string];
  if (issue.code === "invalid_type") return [problemOf("option", "kind", quote(name), expected, kindOf(options[name]))];
  return [problemOf("option", "value", quote(name), expected)];
}

const NAMES = grammar.options.map(({ name }) => name);
