import { type Problem, quote } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { memoize } from "../host/memoize.ts";
import { duplicates, elements, isArray, isObject, type Json, members, toValue } from "../json/json.ts";
import { kindOf } from "../json/kind.ts";
import { duplicate } from "./entry-options.ts";
import { problemOf, unknownOption } from "./grammar.ts";

/** Whether a list is in the form of `secrets` in an ECS task definition, at least in part. Asked for in each stage. */
export const isEcsList = memoize((json: Json): boolean => isArray(json) && [...elements(json)].some(isEcsEntry));

/** Whether a list has entries of that form and others. */
export function isMixed(list: Json): boolean {
  return isEcsList(list) && ![...elements(list)].every(isEcsEntry);
}

/** The variable that an entry names, or undefined where it names none. */
export function ecsName(entry: Json): string | undefined {
  const { name } = toValue(entry) as { name?: unknown };
  return typeof name === "string" ? name : undefined;
}

/** What an entry refers to, as ECS reads it: what is not an ARN is a parameter. */
export function ecsReference(entry: Json): Result<string, Problem[]> {
  const repeated = duplicates(entry).map((member) => duplicate(`option ${quote(member)}`));
  const value = toValue(entry) as Record<string, unknown>;
  const unknown = Object.keys(value).filter((member) => !MEMBERS.includes(member));
  const problems = [
    ...repeated,
    ...MEMBERS.flatMap((member) => checkMember(value, member)),
    ...unknown.map((member) => unknownOption(member, MEMBERS)),
  ];
  if (problems.length > 0) return failure(problems);
  return success(toReference(value.valueFrom as string));
}

/** The reference that an entry's `valueFrom` is. */
export function toReference(valueFrom: string): string {
  return valueFrom.startsWith("arn:") ? valueFrom : `ssm:${valueFrom}`;
}

function isEcsEntry(json: Json): boolean {
  return isObject(json) && [...members(json)].some(([member]) => MEMBERS.includes(member));
}

function checkMember(entry: Record<string, unknown>, member: string): Problem[] {
  if (!Object.hasOwn(entry, member)) return [problemOf("ecsEntry", "missing", quote(member))];
  const kind = kindOf(entry[member]);
  return kind === "a string" ? [] : [problemOf("ecsEntry", "kind", quote(member), kind)];
}

const MEMBERS = ["name", "valueFrom"];
