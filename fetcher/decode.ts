import type { Cause } from "./fault.ts";

/** A fetched secret. `name` is the secret's own, without path prefix or ARN removed. */
export type Secret = { name: string } & (
  | { kind: "text"; text: string }
  /** Base64 of the bytes. */
  | { kind: "binary"; base64: string }
);

/** The part of GetSecretValue's answer that matters here. */
export type SecretValue = {
  Name?: string | undefined;
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
};

/** Reads an answer of GetSecretValue. An empty string is a value like any other. */
export function decodeSecret(answer: SecretValue, id: string): Secret | Cause {
  const name = answer.Name ?? id;
  if (typeof answer.SecretString === "string") return { name, kind: "text", text: answer.SecretString };
  if (answer.SecretBinary instanceof Uint8Array) {
    return { name, kind: "binary", base64: Buffer.from(answer.SecretBinary).toString("base64") };
  }
  return {
    code: "InvalidAnswer",
    cause: "the service's answer holds no value",
    remedy: "Check that AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SECRETS_MANAGER, if set, name Secrets Manager.",
  };
}
