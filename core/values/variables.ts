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

/** A variable, its value, and the entry that gives it. */
export type Assignment = NamedValue & { entry: Entry };

/** The environment, and how it came about. */
export type BuiltEnvironment = Environment & { assignments: Assignment[]; skipped: Skipped[]; faults: Fault[] };

/** Combines the values of entries. Either every entry has what it asks for, or there are faults. */
export function buildEnvironment(entries: EntryValues[]): BuiltEnvironment {
  const assignments = entries.flatMap(toAssignments);
  const explicit = assignments.filter(isExplicit);
  const names = new Set(explicit.map(({ name }) => name));
  const found = assignments.filter((assignment) => !isExplicit(assignment) && !names.has(assignment.name));
  const { expanded, skipped, misnamed } = checkNames(found);
  const chosen = [...expanded, ...explicit];
  return {
    assignments: chosen,
    variables: new Map(chosen.map(({ name, value }) => [name, value])),
    files: [...chosen.flatMap(({ file }) => file ?? []), ...entries.flatMap(absentFile)],
    skipped,
    faults: [
      ...entries.flatMap(({ entry, values }) => (values.ok ? [] : [faultOf(entry, values.error)])),
      ...misnamed,
      ...collisions(expanded),
      ...chosen.flatMap(checkAssignment),
    ],
  };
}

function toAssignments({ entry, values }: EntryValues): Assignment[] {
  return values.ok ? values.value.map((value) => ({ ...value, entry })) : [];
}

function isExplicit({ entry }: Assignment): boolean {
  return entry.target.kind === "variable";
}

/** Where an optional secret does not exist, so that what an earlier start wrote is removed. */
function absentFile({ entry, values }: EntryValues): SecretFile[] {
  const isAbsent = values.ok && values.value.length === 0;
  return isAbsent && entry.file ? [{ ...entry.file, name: entry.subject, content: undefined }] : [];
}

function collisions(expanded: Assignment[]): Fault[] {
  const first = new Map<string, Entry>();
  return expanded.flatMap(({ name, entry }) => {
    const other = first.get(name);
    if (!other) first.set(name, entry);
    return other ? [{ ...faultOf(entry, collision(name, other)), variable: name }] : [];
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
    else if (isWhole) checked.misnamed.push({ ...faultOf(entry, misnamed(allowed.error)), variable: name });
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
  return [{ ...faultOf(entry, checked.error), ...(entry.target.kind !== "variable" && { variable: value.name }) }];
}

function faultOf(entry: Entry, problem: Problem): Fault {
  const { subject, location, reference } = entry;
  return { ...problem, subject, ...(location && { location }), secret: reference.id };
}
