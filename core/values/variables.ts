import type { Entry } from "../config/parse.ts";
import type { PlannedEntry } from "../config/plan.ts";
import { checkExpandedName } from "../config/variable-names.ts";
import { type Cause, type Fault, quote } from "../fault/fault.ts";
import { failure } from "../fault/result.ts";
import type { Deadline } from "../host/deadline.ts";
import type { Secret } from "../sources/decode.ts";
import type { FetchResult, Outcomes } from "../sources/fetch-all.ts";
import { checkValue } from "./check-value.ts";
import { encodeValue, type Value } from "./encode.ts";
import type { Folder, SecretFile } from "./secret-file.ts";
import { selectAll, selectByName } from "./select.ts";

/** What the runtime is to have. */
export type Environment = { variables: Map<string, string>; files: SecretFile[] };

/** Reads a secret whose entry has a `format`. */
export type FormatReader = (secret: Secret) => Folder | Cause;

/**
 * `value` is what the variable holds: with a file, its path.
 * `isWhole`: it is a whole secret, and not one of its keys or one of the parameters under a path.
 */
type Assignment = { name: string; value: string; files: SecretFile[]; entry: Entry; isWhole: boolean };

/** A key or parameter that a wildcard or list entry has found, and that cannot be a variable. */
export type Skipped = { entry: Entry; name: string; cause: Cause };

/**
 * Turns secrets into variables and files. Either every entry has what it asks for, or there are faults.
 * `readFormat` is there where an entry has a `format`. After the deadline no value is read.
 */
export function buildEnvironment(
  plan: PlannedEntry[],
  outcomes: Outcomes,
  readFormat?: FormatReader,
  deadline?: Deadline,
): Environment & { skipped: Skipped[]; faults: Fault[] } {
  const results = plan.map((planned) => assign(planned, outcomes, readFormat, deadline));
  const assignments = results.flatMap((result) => (Array.isArray(result) ? result : []));
  const explicit = assignments.filter(({ entry }) => entry.target.kind === "variable");
  const names = new Set(explicit.map(({ name }) => name));
  const found = assignments.filter(({ entry, name }) => entry.target.kind !== "variable" && !names.has(name));
  const { expanded, skipped, misnamed } = checkNames(found);
  const chosen = [...expanded, ...explicit];
  const faults = [
    ...results.flatMap((result) => (Array.isArray(result) ? [] : [result])),
    ...misnamed,
    ...collisions(expanded),
    ...chosen.flatMap(checkAssignment),
  ];
  const variables = new Map(chosen.map(({ name, value }) => [name, value]));
  const absent = plan.filter((_, index) => Array.isArray(results[index]) && results[index].length === 0);
  return {
    variables,
    files: [...chosen.flatMap(({ files }) => files), ...absent.flatMap(absentFile)],
    skipped,
    faults,
  };
}

function assign(
  { entry, request }: PlannedEntry,
  outcomes: Outcomes,
  readFormat?: FormatReader,
  deadline?: Deadline,
): Assignment[] | Fault {
  const outcome = outcomes.get(request.key) ?? failure(NOT_FETCHED);
  if (deadline?.left() === 0 && outcome.ok) return faultOf(entry, TOO_LATE);
  const values = valuesOf(entry, outcome, readFormat);
  if (!(values instanceof Map)) return values.missing && entry.optional ? [] : faultOf(entry, values);
  const isWhole = entry.target.kind === "list" && !hasKeys(outcome);
  return [...values].map(([name, value]) => ({ ...toValue(name, value, entry), name, entry, isWhole }));
}

function hasKeys(outcome: FetchResult): boolean {
  return outcome.ok && selectAll(outcome.value) instanceof Map;
}

function toValue(name: string, value: Value | Folder, { file }: Entry): Pick<Assignment, "value" | "files"> {
  // Without a file a value is text.
  if (!file) return { value: value as string, files: [] };
  return { value: file.path, files: [{ ...file, name, content: value }] };
}

function absentFile({ entry }: PlannedEntry): SecretFile[] {
  return entry.file ? [{ ...entry.file, name: entry.subject, content: undefined }] : [];
}

function valuesOf(entry: Entry, outcome: FetchResult, readFormat?: FormatReader): Map<string, Value | Folder> | Cause {
  const { target } = entry;
  if (target.kind === "variable") {
    // Not the parameters under a path: those are never asked for as one variable.
    const value = outcome.ok ? singleValue(outcome.value as Secret, entry, readFormat) : outcome.error;
    if (typeof value === "string" || !("code" in value)) return new Map([[target.name, value]]);
    return value.missing && entry.default !== undefined ? new Map([[target.name, entry.default]]) : value;
  }
  if (!outcome.ok) return outcome.error;
  if (target.kind === "list") return selectByName(outcome.value);
  const all = selectAll(outcome.value);
  return all instanceof Map ? new Map([...all].map(([name, value]) => [target.prefix + name, value])) : all;
}

function singleValue(secret: Secret, entry: Entry, readFormat?: FormatReader): Value | Folder | Cause {
  return entry.format ? (readFormat?.(secret) ?? NOT_FETCHED) : encodeValue(secret, entry);
}

function collisions(expanded: Assignment[]): Fault[] {
  const first = new Map<string, Entry>();
  return expanded.flatMap(({ name, entry }) => {
    const other = first.get(name);
    if (!other) first.set(name, entry);
    return other ? [{ ...faultOf(entry, collision(name, other)), variable: name }] : [];
  });
}

function collision(name: string, other: Entry): Cause {
  return {
    code: "NameCollision",
    cause: `one variable is produced by both this entry and ${quote(other.subject)}`,
    remedy: `Give ${quote(name)} an entry of its own in SECRETS, which then wins, or rename a key.`,
  };
}

type CheckedNames = { expanded: Assignment[]; skipped: Skipped[]; misnamed: Fault[] };

/** Somebody who adds a key to a shared secret must not stop every function: a key with a bad name is left out. */
function checkNames(assignments: Assignment[]): CheckedNames {
  const checked: CheckedNames = { expanded: [], skipped: [], misnamed: [] };
  for (const assignment of assignments) {
    const { name, entry, isWhole } = assignment;
    const cause = checkExpandedName(name);
    if (!cause) checked.expanded.push(assignment);
    else if (isWhole) checked.misnamed.push({ ...faultOf(entry, misnamed(cause)), variable: name });
    else checked.skipped.push({ entry, name, cause });
  }
  return checked;
}

/** Of a listed secret without keys, whose value would be missing. */
function misnamed({ code, cause }: Cause): Cause {
  return {
    code,
    cause: `the secret's own name gives a variable that cannot be set: ${cause}`,
    remedy: 'Name the variable in SECRETS: {"API_TOKEN": "prod/9-token"}.',
  };
}

function checkAssignment({ name, value, files, entry }: Assignment): Fault[] {
  const cause = checkValue(name, value, files);
  if (!cause) return [];
  return [{ ...faultOf(entry, cause), ...(entry.target.kind !== "variable" && { variable: name }) }];
}

function faultOf(entry: Entry, cause: Cause): Fault {
  const { subject, place, reference } = entry;
  return { ...cause, subject, ...(place && { place }), secret: reference.id };
}

const NOT_FETCHED: Cause = {
  code: "InternalError",
  cause: "it was not fetched",
  remedy: "This is a defect of secrets-wrapper: please report it.",
};
const TOO_LATE: Cause = {
  code: "Timeout",
  cause: "the value was fetched, but could not be read within the time limit (SECRETS_TIMEOUT)",
  remedy: "Raise SECRETS_TIMEOUT, or the function's memory, which its share of a CPU follows; store smaller JSON.",
};
