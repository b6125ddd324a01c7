import type { Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { pattern, problemOf } from "./grammar.ts";

/** What to get, from where, and which version of it. */
export type Reference = SecretReference | ParameterReference | PathReference;

/** `id`: name or ARN, as GetSecretValue takes it. */
export type SecretReference = { kind: "secret"; id: string; stage?: string; versionId?: string };

/** `id`: name or ARN, as GetParameters takes it; `version`: a number or a label. */
export type ParameterReference = { kind: "parameter"; id: string; version?: string };

/** All parameters under a path. `id`: the path, with a slash at its end. */
export type PathReference = { kind: "path"; id: string; recursive: boolean };

/** What a reference string says. */
export type ParsedReference = { reference: Reference; key?: string };

/** `secret:json-key:version-stage:version-id`, as in ECS and CodeBuild: a secret's name or ARN, of seven fields. */
export function parseSecret(text: string): Result<ParsedReference, Problem> {
  const { id, isArn, rest } = split(text, 7);
  const [key, stage, versionId, ...more] = rest;
  const checked = checkId("secret", id, isArn);
  if (!checked.ok) return checked;
  if (more.length > 0) return failure(problemOf("reference", "tooManyColons"));
  if (stage && versionId) return failure(problemOf("reference", "stageAndId"));
  return success({
    reference: { kind: "secret", id, ...(stage && { stage }), ...(versionId && { versionId }) },
    ...(key && { key }),
  });
}

/** `name:version`, `name:label`, or a path that ends in a slash, or in two stars for all levels under it. */
export function parseParameter(text: string): Result<ParsedReference, Problem> {
  const { id, isArn, rest } = split(text, 6);
  const [version = "", ...more] = rest;
  const checked = checkId("parameter", id, isArn);
  if (!checked.ok) return checked;
  if (more.length > 0) return failure(problemOf("reference", "tooManyColons"));
  if (!pattern("parameterVersion").test(version)) return failure(problemOf("reference", "invalidVersion"));
  if (!pattern("path").test(id)) return success({ reference: { kind: "parameter", id, ...(version && { version }) } });
  if (isArn || version) return failure(problemOf("reference", "pathArnOrVersion"));
  return success({ reference: { kind: "path", id: id.replace(/\*\*$/, ""), recursive: id.endsWith("*") } });
}

/** The Region in an ARN; undefined for a name. */
export function regionOf(id: string): string | undefined {
  return pattern("secretArn").exec(id)?.[1] ?? pattern("parameterArn").exec(id)?.[1];
}

function split(text: string, arnFields: number): { id: string; isArn: boolean; rest: string[] } {
  const fields = text.split(":");
  const isArn = fields[0] === "arn";
  const idFields = isArn ? arnFields : 1;
  return { id: fields.slice(0, idFields).join(":"), isArn, rest: fields.slice(idFields) };
}

/**
 * The patterns exclude what a policy would take for a wildcard. A parameter may refer to a secret, by a secret's name;
 * the ARNs of AWS's public parameters have no account.
 */
function checkId(noun: "secret" | "parameter", id: string, isArn: boolean): Result<void, Problem> {
  if (id.trim() === "") return failure(problemOf("reference", "empty", noun));
  if (pattern(`${noun}${isArn ? "Arn" : "Name"}`).test(id)) return success(undefined);
  return failure(problemOf("reference", isArn ? "invalidArn" : "invalidName", noun));
}
