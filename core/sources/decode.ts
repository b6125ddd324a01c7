import { SECRETS_MANAGER, type Service } from "../config/service.ts";
import type { Cause } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";

/** What a reference gave. */
export type Fetched = Secret | Parameters;

/** One value: of a secret, or of a parameter. `name` is its own, with its path. */
export type Secret = { name: string; noun: Service["noun"] } & Stored &
  (
    | { kind: "text"; text: string }
    /** Base64 of the bytes. */
    | { kind: "binary"; base64: string }
  );

/** What the service knows of a value. `type`: a parameter's. */
export type Stored = { version?: string; created?: Date; type?: string };

/** The values of all parameters under a path, by the rest of their names. */
export type Parameters = { kind: "parameters"; values: [name: string, value: string][] };

/** The part of GetSecretValue's answer that matters here. */
export type SecretValue = {
  Name?: string | undefined;
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
  VersionId?: string | undefined;
  CreatedDate?: Date | undefined;
};

/** Reads an answer of GetSecretValue. An empty string is a value like any other. */
export function decodeSecret(answer: SecretValue, id: string): Result<Secret, Cause> {
  const name = typeof answer.Name === "string" ? answer.Name : id;
  const own = { name, noun: "secret", ...stored(answer.VersionId, answer.CreatedDate) } as const;
  if (typeof answer.SecretString === "string") return success({ ...own, kind: "text", text: answer.SecretString });
  if (answer.SecretBinary instanceof Uint8Array) {
    return success({ ...own, kind: "binary", base64: Buffer.from(answer.SecretBinary).toString("base64") });
  }
  return failure(noValue(SECRETS_MANAGER));
}

export function noValue({ name, endpointVariable }: Service): Cause {
  return {
    code: "InvalidAnswer",
    cause: "the service's response contains no value",
    remedy: `Check that AWS_ENDPOINT_URL and ${endpointVariable}, if set, are ${name} endpoints.`,
  };
}

/** Leaves out what an answer does not have, or not as it should be. */
export function stored(version: unknown, created: unknown, type?: string): Stored {
  return {
    ...(version !== undefined && { version: String(version) }),
    ...(created instanceof Date && !Number.isNaN(created.getTime()) && { created }),
    ...(type && { type }),
  };
}
