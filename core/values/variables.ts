import { faultOf } from "../config/entry-fault.ts";
import type { Entry } from "../config/parse.ts";
import { checkExpandedName } from "../config/variable-names.ts";
import { type Fault, type Problem, quote } from "../fault/fault.ts";
import { checkValue } from "./check-value.ts";
import type { EntryValues } from "./read-values.ts";
import type { SecretFile } from "./secret-file.ts";
import type { NamedValue } from "./values-of.ts";

/** What the runtime is to have. */
export type Environment = { variables: Map<string, string>; files: SecretFile[] };

/** A key or parameter that a wildcard or list entry has found, and that cannot be a variable. */
export type Skipped = { entry: Entry; name: string; cause: Problem };

/** The environment, and how it came about. */
export type BuiltEnvironment = Environment & { skipped: Skipped[]; faults: Fault[] };

/** Combines the values of entries. Either every entry has what it asks for, or there are faults. */
export function buildEnvironment(entries: Iterable<EntryValues>): BuiltEnvironment {
  const { variables, files, absent, found, missing, unfit } = assign(entries);
  const { expanded, skipped, misnamed } = checkNames(found.filter(({ name }) => !variables.has(name)));
  for (const { name, value } of expanded) variables.set(name, value);
  return {
    variables,
    files: [...files, ...absent],
    skipped,
    faults: [...missing, ...misnamed, ...collisions(expanded), ...expanded.flatMap(checkAssignment), ...unfit],
  };
}

/** A variable, its value, and the entry that gives it. */
type Assignment = NamedValue & { entry: Entry };

/** `found` is what wildcards and lists give; the rest is of entries that name their variable. */
type Assigned = Environment & { absent: SecretFile[]; found: Assignment[]; missing: Fault[]; unfit: Fault[] };

function assign(entries: Iterable<EntryValues>): Assigned {
  const variables = new Map<string, string>();
  const assigned: Assigned = { variables, files: [], absent: [], found: [], missing: [], unfit: [] };
  for (const { entry, values } of entries) {
    if (!values.ok) assigned.missing.push(valueFault(entry, values.error));
    else if (entry.target === "variable") assignNamed(entry, values.value, assigned);
    else for (const value of values.value) assigned.found.push({ ...value, entry });
  }
  return assigned;
}

function assignNamed(entry: Entry, [given]: NamedValue[], { variables, files, absent, unfit }: Assigned): void {
  if (given) {
    variables.set(given.name, given.value);
    if (given.file) files.push(given.file);
    unfit.push(...checkAssignment({ ...given, entry }));
  } else if (entry.file) {
    // The optional secret does not exist: what an earlier start wrote is removed.
    absent.push({ ...entry.file, name: entry.subject, content: undefined });
  }
}

function collisions(expanded: Assignment[]): Fault[] {
  const first = new Map<string, Entry>();
  return expanded.flatMap(({ name, entry }) => {
    const other = first.get(name);
    if (!other) first.set(name, entry);
    return other ? [{ ...valueFault(entry, collision(name, other)), variable: name }] : [];
  });
}

function collision(name: string, other: Entry): Problem {
  return {
    code: "NameCollision",
    cause: `one variable is produced by both this entry and ${quote(other.subject)}`,
    remedy: `Give ${quote(name)} its own entry in SECRETS, which takes precedence, or rename a key.`,
  };
}

type CheckedNames = { expanded: Assignment[]; skipped: Skipped[]; misnamed: Fault[] };

/** Somebody who adds a key to a shared secret must not stop every function: a key with a bad name is left out. */
function checkNames(assignments: Assignment[]): CheckedNames {
  const checked: CheckedNames = { expanded: [], skipped: [], misnamed: [] };
  for (const assignment of assignments) {
    const { name, entry, isWhole } = assignment;
    const allowed = checkExpandedName(name);
    if (allowed.ok) checked.expanded.push(assignment);
    else if (isWhole) checked.misnamed.push({ ...valueFault(entry, misnamed(allowed.error)), variable: name });
    else checked.skipped.push({ entry, name, cause: allowed.error });
  }
  return checked;
}

/** Of a listed secret without keys, whose value would be missing. */
function misnamed({ code, cause }: Problem): Problem {
  return {
    code,
    cause: `the variable named after the secret cannot be set: ${cause}`,
    remedy: 'Name the variable in SECRETS: {"API_TOKEN": "prod/9-token"}.',
  };
}

function checkAssignment({ entry, ...value }: Assignment): Fault[] {
  const checked = checkValue(value);
  if (checked.ok) return [];
  return [{ ...valueFault(entry, checked.error), ...(entry.target !== "variable" && { variable: value.name }) }];
}

function valueFault(entry: Entry, problem: Problem): Fault {
  return { ...faultOf(entry, problem), secret: entry.reference.id };
}
