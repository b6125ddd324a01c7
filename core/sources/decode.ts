import { SECRETS_MANAGER, type Service } from "../config/service.ts";
import type { Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";

/** What was fetched for a reference. */
export type Fetched = StoredValue | Parameters;

/** The value of one secret or parameter. `name` is its full name. */
export type StoredValue = { name: string; noun: Service["noun"] } & Metadata &
  (
    | { kind: "text"; text: string }
    /** Base64 of the bytes. */
    | { kind: "binary"; base64: string }
  );

/** Metadata of a value. `stages`: of a secret's version; `type` and `dataType`: of a parameter. */
export type Metadata = {
  arn?: string;
  version?: string;
  created?: Date;
  stages?: string[];
  type?: string;
  dataType?: string;
};

/** The values of all parameters under a path, by the part of their names below it. */
export type Parameters = { kind: "parameters"; values: [name: string, value: string][] };

/** The fields of a GetSecretValue response that are used here. */
export type SecretValue = {
  ARN?: string | undefined;
  Name?: string | undefined;
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
  VersionId?: string | undefined;
  VersionStages?: string[] | undefined;
  CreatedDate?: Date | undefined;
};

/** Reads a GetSecretValue response. An empty string is a valid value. */
export function decodeSecret(answer: SecretValue, id: string): Result<StoredValue, Problem> {
  const name = typeof answer.Name === "string" ? answer.Name : id;
  const { ARN: arn, VersionId: version, CreatedDate: created, VersionStages: stages } = answer;
  const own = { name, noun: "secret", ...metadataOf({ arn, version, created, stages }) } as const;
  if (typeof answer.SecretString === "string") return success({ ...own, kind: "text", text: answer.SecretString });
  if (answer.SecretBinary instanceof Uint8Array) {
    return success({ ...own, kind: "binary", base64: Buffer.from(answer.SecretBinary).toString("base64") });
  }
  return failure(noValue(SECRETS_MANAGER));
}

export function noValue({ name, endpointVariable }: Service): Problem {
  return {
    code: "InvalidAnswer",
    cause: "the service's response contains no value",
    remedy: `Check that AWS_ENDPOINT_URL and ${endpointVariable}, if set, are ${name} endpoints.`,
  };
}

/** Omits fields that are missing or invalid in the response. */
export function metadataOf({ arn, version, created, stages, type, dataType }: Fields): Metadata {
  return {
    ...(typeof arn === "string" && { arn }),
    ...(version !== undefined && { version: String(version) }),
    ...(created instanceof Date && !Number.isNaN(created.getTime()) && { created }),
    ...(Array.isArray(stages) && { stages: stages.map(String) }),
    ...(typeof type === "string" && { type }),
    ...(typeof dataType === "string" && { dataType }),
  };
}

/** As the response has them. */
type Fields = { [field in keyof Metadata]?: unknown };
