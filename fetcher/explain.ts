import { isHttpError } from "./engine.ts";
import { explainDenial, explainKeyDenial } from "./explain-denial.ts";
import { explainHttpError } from "./explain-http.ts";
import { type Cause, quote } from "./fault.ts";
import type { Fetch } from "./plan.ts";
import type { SecretReference } from "./reference.ts";
import { type Service, serviceOf } from "./service.ts";

/** What the SDK throws when the service has answered with an error. */
type ServiceError = Error & { $metadata?: { httpStatusCode?: number }; $fault?: unknown };

/** Says in plain words why a secret could not be had, and what to change. */
export function explainFailure(error: unknown, fetch: Fetch, timeoutMs: number): Cause {
  const service = serviceOf(fetch);
  if (isHttpError(error)) return explainHttpError(error, service, fetch.region, timeoutMs);
  if (!isServiceError(error)) return invalidAnswer(error, service);
  const cause = explainServiceError(error, fetch);
  // The service's own sentence: it holds names and, at most, who was refused.
  return error.message ? { ...cause, detail: JSON.stringify(error.message.slice(0, MAX_DETAIL)) } : cause;
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "$fault" in error && error.name !== "SyntaxError";
}

function explainServiceError({ name, message, $metadata }: ServiceError, fetch: Fetch): Cause {
  const status = $metadata?.httpStatusCode ?? 0;
  const service = serviceOf(fetch);
  if (CLOCK.test(message) || CLOCK_NAMES.test(name)) return CLOCK_SKEW;
  if (REGION.test(message)) return wrongRegion(fetch, service);
  if (EXPIRED.test(name)) return EXPIRED_CREDENTIALS;
  if (REFUSED_CREDENTIALS.test(name)) return INVALID_CREDENTIALS;
  if (THROTTLED.test(name) || status === 429) return throttled(service);
  // Before the next line: the name of a secret or role may hold "kms".
  if (DENIED.test(name) && message.includes(`not authorized to perform: ${service.prefix}:`))
    return explainDenial(message, fetch);
  if (KEY_UNUSABLE.test(name) || KEY.test(message)) return explainKeyDenial(KEY_UNUSABLE.test(name), fetch);
  if (DENIED.test(name)) return explainDenial(message, fetch);
  if (name === "ResourceNotFoundException" && fetch.source === "secret") return notFound(message, fetch);
  if (/marked for deletion|scheduled for deletion|marked deleted/i.test(message)) return deleted(fetch);
  if (status >= 500 || /^Internal(?:Service|Server)Error$/.test(name)) return serviceError(status, service);
  return refused(name, status, service);
}

const CLOCK = /signature (?:expired|not yet current)/i;
const CLOCK_NAMES = /^Request(?:Expired|InTheFuture|TimeTooSkewed)$/;
const REGION = /credential should be scoped to a valid region/i;
const EXPIRED = /^ExpiredToken(?:Exception)?$/;
const REFUSED_CREDENTIALS =
  /^(?:UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature(?:Exception)?|MissingAuthenticationToken(?:Exception)?|AuthFailure|InvalidAccessKeyId)$/;
const THROTTLED = /^(?:Throttl.*|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestThrottled.*)$/;
/** Secrets Manager's name and Parameter Store's. */
const KEY_UNUSABLE = /^(?:DecryptionFailure|InvalidKeyId)$/;
const KEY = /\b(?:aws)?kms\b/i;
const DENIED = /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation|NotAuthorized)$/;

/** A denial names role, action, resource and, last, which policy is at fault. */
const MAX_DETAIL = 1000;

function notFound(message: string, { region, stage, versionId }: SecretReference & Fetch): Cause {
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

function deleted({ id }: Fetch): Cause {
  return {
    code: "SecretDeleted",
    cause: "the secret is scheduled for deletion",
    remedy: `Restore it (aws secretsmanager restore-secret --secret-id ${quote(id)}), or remove its entry from SECRETS.`,
    missing: true,
  };
}

function wrongRegion({ region }: Fetch, { noun, endpointVariable }: Service): Cause {
  return {
    code: "WrongRegion",
    cause: `the endpoint is of another Region than the ${noun}`,
    remedy: `The request was for ${region}: correct ${endpointVariable} or AWS_ENDPOINT_URL, AWS_REGION, or the Region in the ${noun}'s ARN.`,
  };
}

function serviceError(status: number, { name }: Service): Cause {
  return {
    code: "ServiceError",
    cause: `${name} failed (status ${status})`,
    remedy: "It was tried up to three times. Try again later, and look at the AWS Health Dashboard.",
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
  const quota =
    noun === "secret" ? "10,000 GetSecretValue calls" : "40 parameter calls, more if its higher throughput is on,";
  return {
    code: "Throttled",
    cause: `${name} has throttled the requests`,
    remedy: `It was tried up to three times. The account's ${quota} a second and Region are shared by all that asks: start fewer environments at once.`,
  };
}

/** Neither the answer nor the parser's message, which quotes it, is passed on. */
function invalidAnswer(error: unknown, service: Service): Cause {
  const name = error instanceof Error && /^\w+$/.test(error.name) ? error.name : "unknown error";
  const status = (error as { $response?: { statusCode?: number } } | undefined)?.$response?.statusCode;
  return {
    code: "InvalidAnswer",
    cause: `the answer is not one of ${service.name}'s (${status ? `status ${status}` : name})`,
    remedy: `Something between may have given it: look at AWS_ENDPOINT_URL and ${service.endpointVariable}, if set, and at a proxy or firewall.`,
  };
}

const CLOCK_SKEW: Cause = {
  code: "ClockSkew",
  cause: "the service refused the request's time",
  remedy: "Set the clock of the machine; inside Lambda it is right, so look for a proxy or an endpoint of your own.",
};
const EXPIRED_CREDENTIALS: Cause = {
  code: "ExpiredCredentials",
  cause: "the AWS credentials have expired",
  remedy: "Inside Lambda they are renewed: check that nothing overrides them. Elsewhere sign in again.",
};
const INVALID_CREDENTIALS: Cause = {
  code: "InvalidCredentials",
  cause: "the AWS credentials are not valid",
  remedy:
    "Check that nothing overrides AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and that the Region is enabled for the account.",
};
