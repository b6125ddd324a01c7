import type { AwsCredentialIdentity } from "@smithy/types";
import type { Deadline } from "./deadline.ts";
import type { Cause, Fault } from "./fault.ts";
import type { Env } from "./settings.ts";

/** Gives the credentials to sign with, or why there are none. */
export type CredentialSource = (deadline: Deadline) => Promise<AwsCredentialIdentity | Cause>;

/** Finds where credentials come from: the environment, else, as under SnapStart, a local endpoint. */
export function findCredentials(env: Env): { source: CredentialSource } | { fault: Fault } {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI } = env;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    const credentials = toIdentity(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN);
    return { source: async () => credentials };
  }
  if (!AWS_CONTAINER_CREDENTIALS_FULL_URI) return { fault: NO_CREDENTIALS };
  const token = env.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  return { source: (deadline) => fetchCredentials(AWS_CONTAINER_CREDENTIALS_FULL_URI, token, deadline) };
}

async function fetchCredentials(url: string, token: string | undefined, deadline: Deadline) {
  try {
    const headers: Record<string, string> = token ? { authorization: token } : {};
    const answer = await httpRequest({ method: "GET", url, headers, timeoutMs: deadline.left() });
    return answer.status === 200
      ? readCredentials(answer.body)
      : endpointFailed(`it answered with status ${answer.status}`);
  } catch (error) {
    // Neither the answer nor a parser's message is passed on: both may hold the credentials.
    return endpointFailed(String((error as { code?: unknown }).code ?? "its answer cannot be read"));
  }
}

function readCredentials(body: Uint8Array): AwsCredentialIdentity | Cause {
  const { AccessKeyId, SecretAccessKey, Token } = JSON.parse(new TextDecoder().decode(body));
  if (!AccessKeyId || !SecretAccessKey) return endpointFailed("its answer holds no credentials");
  return toIdentity(AccessKeyId, SecretAccessKey, Token);
}

function toIdentity(accessKeyId: string, secretAccessKey: string, token: string | undefined): AwsCredentialIdentity {
  return { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) };
}

function endpointFailed(why: string): Cause {
  return {
    code: "NoCredentials",
    cause: `the function's credentials could not be had from their endpoint: ${why}`,
    remedy: "Lambda sets AWS_CONTAINER_CREDENTIALS_FULL_URI and its token under SnapStart: do not override them.",
  };
}

const NO_CREDENTIALS: Fault = {
  subject: "AWS_ACCESS_KEY_ID",
  code: "NoCredentials",
  cause: "there are no AWS credentials in the environment",
  remedy:
    "Lambda sets AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN from the function's role; elsewhere set them yourself.",
};
