import type { AwsCredentialIdentity } from "@smithy/types";
import type { Fault, Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import type { Deadline } from "../host/deadline.ts";
import { isHttpError } from "../host/engine-api.ts";
import type { Env } from "../host/env.ts";
import { CallFailure, retry } from "./retry.ts";
import { retryableError, statusOf } from "./retryable.ts";

/**
 * Gives the credentials to sign with, or why there are none. May be called before every request: it fetches again
 * only credentials that are about to expire.
 */
export type CredentialProvider = (deadline: Deadline) => Promise<CredentialsResult>;

type CredentialsResult = Result<AwsCredentialIdentity, Problem>;

/** Finds where credentials come from: the environment, else, as under SnapStart, a local endpoint. */
export function findCredentials(env: Env): Result<CredentialProvider, Fault[]> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CONTAINER_CREDENTIALS_FULL_URI } = env;
  const unprintable = VARIABLES.find((name) => env[name] && !PRINTABLE.test(env[name]));
  if (unprintable) return failure([{ subject: unprintable, ...UNPRINTABLE }]);
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    const credentials = success(toIdentity(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN));
    return success(async () => credentials);
  }
  if (!AWS_CONTAINER_CREDENTIALS_FULL_URI) return failure([NO_CREDENTIALS]);
  if (!isTrusted(AWS_CONTAINER_CREDENTIALS_FULL_URI, env)) return failure([UNTRUSTED_ENDPOINT]);
  const token = env.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  const request = {
    method: "GET",
    url: AWS_CONTAINER_CREDENTIALS_FULL_URI,
    headers: token ? { authorization: token } : {},
  };
  return success(untilExpired((deadline) => fetchCredentials(request, deadline)));
}

/** Concurrent callers share one request; credentials that are about to expire or have failed are fetched again. */
function untilExpired(provider: CredentialProvider): CredentialProvider {
  let current: Promise<CredentialsResult> | undefined;
  return async (deadline) => {
    const asked = current;
    const known = await asked;
    // Another caller may have started a new request meanwhile.
    if (current === asked && (!known?.ok || isExpiring(known.value))) current = provider(deadline);
    return await (current as Promise<CredentialsResult>);
  };
}

function isExpiring({ expiration }: AwsCredentialIdentity): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < EXPIRING_MS;
}

/** As AWS's SDKs: five minutes before expiry. */
const EXPIRING_MS = 300_000;

/** As AWS's SDKs, whose rule this is: plain HTTP carries the token to this machine and the ECS and EKS agents only. */
function isTrusted(url: string, { AWS_LAMBDA_RUNTIME_API = "" }: Env): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && (LOCAL.test(hostname) || host === AWS_LAMBDA_RUNTIME_API));
}

type CredentialsRequest = { method: string; url: string; headers: Record<string, string> };

async function fetchCredentials(request: CredentialsRequest, deadline: Deadline): Promise<CredentialsResult> {
  try {
    return readCredentials(await retry(() => send(request, deadline), { deadline, classify: retryableError }));
  } catch (error) {
    // Neither the response nor a parser's message is passed on: both may contain the credentials.
    const { cause, tries } = error instanceof CallFailure ? error : { cause: error, tries: 1 };
    return failure({ ...endpointFailed(describe(cause)), ...(tries > 1 && { tries }) });
  }
}

async function send(request: CredentialsRequest, deadline: Deadline): Promise<Uint8Array> {
  const { status, body } = await httpRequest({ ...request, timeoutMs: deadline.remainingMs() });
  if (status !== 200) throw Object.assign(new Error("no credentials"), { $response: { statusCode: status } });
  return body;
}

function describe(error: unknown): string {
  if (isHttpError(error)) return error.code;
  return statusOf(error) ? `the response has status ${statusOf(error)}` : "the response cannot be read";
}

function readCredentials(body: Uint8Array): CredentialsResult {
  const { AccessKeyId, SecretAccessKey, Token = "", Expiration } = JSON.parse(new TextDecoder().decode(body));
  const parts: unknown[] = Token ? [AccessKeyId, SecretAccessKey, Token] : [AccessKeyId, SecretAccessKey];
  const isUsable = parts.every((part) => typeof part === "string" && PRINTABLE.test(part));
  if (!isUsable) return failure(endpointFailed("the response contains no credentials"));
  const expiration = new Date(Expiration);
  const expires = Number.isNaN(expiration.getTime()) ? {} : { expiration };
  return success({ ...toIdentity(AccessKeyId, SecretAccessKey, Token), ...expires });
}

function toIdentity(accessKeyId: string, secretAccessKey: string, token: string | undefined): AwsCredentialIdentity {
  return { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) };
}

function endpointFailed(why: string): Problem {
  return {
    code: "NoCredentials",
    cause: `the function's credentials cannot be fetched from AWS_CONTAINER_CREDENTIALS_FULL_URI: ${why}`,
    remedy: "Lambda sets AWS_CONTAINER_CREDENTIALS_FULL_URI and its token under SnapStart: do not override them.",
  };
}

const VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
];
/** The characters that a header and AWS credentials may contain. */
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
/** Loopback, and the ECS and EKS agents. */
const LOCAL = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\])$/;

const NO_CREDENTIALS: Fault = {
  subject: "AWS_ACCESS_KEY_ID",
  code: "NoCredentials",
  cause: "there are no AWS credentials in the environment",
  remedy:
    "Lambda sets AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN from the function's role; outside Lambda, set them yourself.",
};
const UNPRINTABLE: Problem = {
  code: "InvalidCredentials",
  cause:
    "the variable contains a character that is not valid in credentials, such as a newline or a leading or trailing space",
  remedy: "Inside Lambda, do not override it. Outside Lambda, set it again without that character.",
};
const UNTRUSTED_ENDPOINT: Fault = {
  subject: "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  code: "InvalidSetting",
  cause: "it must be an https URL, or an http URL of a loopback, ECS or EKS address",
  remedy: "Lambda sets it under SnapStart: do not override it. The token is not sent to any other host.",
};
