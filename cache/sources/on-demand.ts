import { pattern } from "../../core/config/grammar.ts";
import { type FetchRequest, toRequest } from "../../core/config/plan.ts";
import type { ParameterReference, Reference } from "../../core/config/reference.ts";
import { failure, type Result, success } from "../../core/fault/result.ts";

/** A parameter as GetParameter gives it, for clients of AWS's extension: their roles allow that call. */
export type SingleParameter = FetchRequest & ParameterReference & { decrypted: boolean };

export function isSingleParameter(request: FetchRequest): request is SingleParameter {
  return "decrypted" in request;
}

/** `secretId`, `versionStage` and `versionId`, as AWS's extension takes them. Gives the request, or what is wrong. */
export function secretRequest(query: URLSearchParams, region: string | undefined): Result<FetchRequest, string> {
  const id = query.get("secretId") ?? "";
  if (!isId("secret", id)) return failure(`secretId must be a secret's name or ARN.`);
  const stage = query.get("versionStage");
  const versionId = query.get("versionId");
  return located(
    {
      kind: "secret",
      id,
      // What SECRETS says of the current version.
      ...(stage && stage !== "AWSCURRENT" && { stage }),
      ...(versionId && { versionId }),
    },
    region,
  );
}

/** `name`, and `version` or `label`. */
export function parameterRequest(query: URLSearchParams, region: string | undefined): Result<FetchRequest, string> {
  const id = query.get("name") ?? "";
  if (!isId("parameter", id)) return failure(`name must be a parameter's name or ARN.`);
  const [version, label] = [query.get("version") ?? "", query.get("label") ?? ""];
  if (version && label) return failure("version and label exclude each other.");
  const selector = version || label;
  if (!pattern("parameterVersion").test(selector) || (version && !/^\d+$/.test(version)))
    return failure("version must be a number, and label a parameter's label.");
  return located({ kind: "parameter", id, ...(selector && { version: selector }) }, region);
}

/** The same parameter, by GetParameter. */
export function single(request: FetchRequest, decrypted: boolean): SingleParameter {
  const key = JSON.stringify([request.key, decrypted]);
  return { ...request, kind: "parameter", decrypted, key } as SingleParameter;
}

function located(reference: Reference, fallback: string | undefined): Result<FetchRequest, string> {
  const request = toRequest(reference, fallback);
  return request ? success(request) : failure("The Region is not known: set AWS_REGION, or use the ARN.");
}

function isId(noun: "secret" | "parameter", id: string): boolean {
  return id.length <= MAX_ID && pattern(`${noun}${id.startsWith("arn:") ? "Arn" : "Name"}`).test(id);
}

/** The service's own limit for an ARN; names are shorter. */
const MAX_ID = 2048;
