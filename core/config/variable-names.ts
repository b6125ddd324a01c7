import type { Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { lazy } from "../host/memoize.ts";
import { grammar, pattern, problemOf } from "./grammar.ts";
import startupNames from "./startup-names.json" with { type: "json" };

/** Whether a variable may have this name. */
export function checkName(name: string): Result<void, Problem> {
  if (!pattern("variableName").test(name)) return failure(problemOf("variableName", "invalid"));
  if (isReserved()(name)) return failure(problemOf("reservedName", "lambda"));
  return grammar.ownNames.includes(name) ? failure(problemOf("reservedName", "wrapper")) : success(undefined);
}

/**
 * The same for a name that comes out of a secret, by wildcard or list: whoever may edit a secret
 * must not thereby decide what code the function runs.
 */
export function checkExpandedName(name: string): Result<void, Problem> {
  const checked = checkName(name);
  const { names, inAnyCase } = startup();
  return checked.ok && (names(name) || inAnyCase(name.toUpperCase())) ? failure(STARTS_CODE) : checked;
}

/** Whether a name is in the lists, whose items are names and, before `.*`, prefixes, separated by spaces. */
function toNames(lists: string[]): (name: string) => boolean {
  const names = new Set(lists.join(" ").split(" "));
  const prefixes = [...names].filter((name) => name.endsWith(".*")).map((name) => name.slice(0, -2));
  return (name) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

const isReserved = lazy(() => toNames(grammar.reservedNames));

/**
 * What programs take code, traffic or trust from before the function's first line: docs/startup-names.md.
 * Made when a wildcard first needs it. A regular expression takes QuickJS eight times as long for each name,
 * and a list of single names in the JSON would cost every start.
 */
const startup = lazy(() => ({
  names: toNames(Object.values(startupNames.inThisCase).flat()),
  inAnyCase: toNames(startupNames.inAnyCase),
}));

const STARTS_CODE: Problem = {
  code: "StartupName",
  cause: "this name changes how programs start, so a wildcard or list cannot set it",
  remedy: "Rename the key, parameter or secret, or give the variable its own entry in SECRETS.",
};
