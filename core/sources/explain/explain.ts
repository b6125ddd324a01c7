import type { LocatedReference } from "../../config/plan.ts";
import type { SecretReference } from "../../config/reference.ts";
import { type Service, serviceOf } from "../../config/service.ts";
import { type Cause, quote } from "../../fault/fault.ts";
import { isHttpError } from "../../host/engine-api.ts";
import { CallFailure } from "../retry.ts";
import { isThrottling, statusOf } from "../retryable.ts";
import { explainCredentials } from "./explain-credentials.ts";
import { explainDenial, explainKeyDenial } from "./explain-denial.ts";
import { explainHttpError } from "./explain-http.ts";

/** An error that the service has answered with. */
export type ServiceError = { name: string; message: string; status: number; isThrottling: boolean };

/** Says in plain words why a secret could not be fetched, and what to change. */
export function explainFailure(error: unknown, request: LocatedReference, timeoutMs: number): Cause {
  if (!(error instanceof CallFailure)) return explainError(error, request, timeoutMs);
  const cause = explainError(error.cause, request, timeoutMs);
  return error.tries > 1 ? { ...cause, tries: error.tries } : cause;
}

function explainError(error: unknown, request: LocatedReference, timeoutMs: number): Cause {
  const service = serviceOf(request);
  if (isHttpError(error)) return explainHttpError(error, service, request.region, timeoutMs);
  const serviceError = toServiceError(error);
  if (!serviceError) return invalidAnswer(error, service);
  const { message } = serviceError;
  const credentials = explainCredentials(serviceError, request);
  // Not the service's sentence: it may quote the canonical request, with the session token in it.
  if (credentials) return credentials;
  const cause = explainServiceError(serviceError, request);
  // It holds names and, at most, who was refused.
  const isQuotable = message !== "" && !/security-token/i.test(message);
  return isQuotable ? { ...cause, detail: JSON.stringify(message.slice(0, MAX_DETAIL)) } : cause;
}

/** An answer may have anything in the place of a message. */
function toServiceError(error: unknown): ServiceError | undefined {
  if (!(error instanceof Error) || !("$fault" in error) || error.name === "SyntaxError") return undefined;
  const [name, message] = [error.name, error.message].map((field: unknown) => (typeof field === "string" ? field : ""));
  return { name: name ?? "", message: message ?? "", status: statusOf(error), isThrottling: isThrottling(error) };
}

function explainServiceError({ name, message, status, isThrottling }: ServiceError, request: LocatedReference): Cause {
  const service = serviceOf(request);
  if (isThrottling) return throttled(service);
  // Before KMS's: names of secrets, stages and roles may hold "kms".
  if (name === "ResourceNotFoundException" && request.source === "secret") return notFound(message, request);
  if (/marked for deletion|scheduled for deletion|marked deleted/i.test(message)) return deleted(request);
  if (DENIED.test(name) && message.includes(`not authorized to perform: ${service.prefix}:`))
    return explainDenial(message, request);
  if (KEY_UNUSABLE.test(name) || KEY.test(message)) return explainKeyDenial(KEY_UNUSABLE.test(name), request);
  if (DENIED.test(name)) return explainDenial(message, request);
  if (status >= 500 || /^Internal(?:Service|Server)Error$/.test(name)) return serviceError(status, service);
  return refused(name, status, service);
}

/** Secrets Manager's name and Parameter Store's. */
const KEY_UNUSABLE = /^(?:DecryptionFailure|InvalidKeyId)$/;
const KEY = /\b(?:aws)?kms\b/i;
const DENIED = /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation|NotAuthorized)$/;

/** A denial names role, action, resource and, last, which policy is at fault. */
const MAX_DETAIL = 1000;

function notFound(message: string, { region, stage, versionId }: SecretReference & LocatedReference): Cause {
  if (/staging label: AWSCURRENT/.test(message) && !stage) {
    return {
      code: "NoValue",
      cause: "the secret exists, but has no value yet",
      remedy: "Store a value in it with put-secret-value, or in the console.",
      missing: true,
    };
  }
  if ((stage || versionId) && /staging label|version/i.test(message)) {
    return {
      code: "VersionNotFound",
      cause: stage
        ? `the secret has no version with the stage ${quote(stage)}`
        : "the secret has no version with this id",
      remedy: "List its versions with list-secret-version-ids, and correct the reference in SECRETS.",
      missing: true,
    };
  }
  return {
    code: "SecretNotFound",
    cause: "the secret does not exist",
    remedy: `It was looked for in ${region}. Correct its name in SECRETS, or create it; a secret of another Region or account needs its full ARN.`,
    missing: true,
  };
}

function deleted({ id }: LocatedReference): Cause {
  return {
    code: "SecretDeleted",
    cause: "the secret is scheduled for deletion",
    remedy: `Restore it (aws secretsmanager restore-secret --secret-id ${quote(id)}), or remove its entry from SECRETS.`,
    missing: true,
  };
}

function serviceError(status: number, { name }: Service): Cause {
  return {
    code: "ServiceError",
    cause: `${name} failed (status ${status})`,
    remedy: "Check the AWS Health Dashboard, and try again later.",
  };
}

function refused(error: string, status: number, { name, noun }: Service): Cause {
  return {
    code: "RequestRefused",
    cause: `${name} refused the request (${/^\w+$/.test(error) ? error : "unknown error"}, status ${status})`,
    remedy: `Check the reference in SECRETS against the ${noun}; the service's own words follow.`,
  };
}

function throttled({ name, noun }: Service): Cause {
  return { code: "Throttled", cause: `${name} has throttled the requests`, remedy: QUOTAS[noun] };
}

/** Neither the answer nor the parser's message, which quotes it, is passed on. */
function invalidAnswer(error: unknown, service: Service): Cause {
  const name = error instanceof Error && /^\w+$/.test(error.name) ? error.name : "unknown error";
  const status = statusOf(error);
  return {
    code: "InvalidAnswer",
    cause: `the answer is not one of ${service.name}'s (${status ? `status ${status}` : name})`,
    remedy: `Something between may have given it: look at AWS_ENDPOINT_URL and ${service.endpointVariable}, if set, and at a proxy or firewall.`,
  };
}

const QUOTAS = {
  secret:
    "Secrets Manager allows 10,000 GetSecretValue calls per second per account and Region. Raise SECRETS_TIMEOUT, or use fewer secrets per function: one JSON secret can hold many values.",
  parameter:
    "Parameter Store allows 40 calls per second per account and Region by default. Enable higher throughput for the account, or raise SECRETS_TIMEOUT.",
};
