import type { LocatedReference } from "../../config/plan.ts";
import type { SecretReference } from "../../config/reference.ts";
import { type Service, serviceOf } from "../../config/service.ts";
import { type Problem, quote } from "../../fault/fault.ts";
import { explainDenial, explainKeyDenial } from "./explain-denial.ts";

/** An error response of the service. */
export type ServiceError = { name: string; message: string; status: number; isThrottling: boolean };

/** Explains a service's error, and says what to change. */
export function explainServiceError(error: ServiceError, request: LocatedReference): Problem {
  const row = ROWS.find(({ when }) => when(error, request));
  return row ? row.explain(error, request) : refused(error, serviceOf(request));
}

type Row = {
  when(error: ServiceError, request: LocatedReference): boolean;
  explain(error: ServiceError, request: LocatedReference): Problem;
};

/** The first matching row applies. */
const ROWS: Row[] = [
  // First: status 429 is throttling, whatever the error's name.
  { when: ({ isThrottling }) => isThrottling, explain: (_, request) => throttled(serviceOf(request)) },
  // These three before the rows for KMS, since names of secrets and stages may contain "kms"; the most general last.
  { when: isWithoutValue, explain: () => NO_VALUE },
  { when: isVersionNotFound, explain: (_, request) => versionNotFound(request) },
  { when: isNotFound, explain: (_, request) => secretNotFound(request) },
  // Before denials and unknown errors: only the message tells it.
  { when: ({ message }) => DELETED.test(message), explain: (_, request) => deleted(request) },
  // Before the rows for KMS: names of secrets and roles may contain "kms".
  { when: isServiceDenial, explain: ({ message }, request) => explainDenial(message, request) },
  // Before the row below: its message may contain "kms" as well.
  { when: ({ name }) => KEY_UNUSABLE.test(name), explain: (_, request) => explainKeyDenial(true, request) },
  // Before other denials: KMS's have the same name.
  { when: ({ message }) => KEY.test(message), explain: (_, request) => explainKeyDenial(false, request) },
  { when: ({ name }) => DENIED.test(name), explain: ({ message }, request) => explainDenial(message, request) },
  { when: isServerError, explain: ({ status }, request) => serverError(status, serviceOf(request)) },
];

function isNotFound({ name }: ServiceError, { kind }: LocatedReference): boolean {
  return name === "ResourceNotFoundException" && kind === "secret";
}

function isWithoutValue(error: ServiceError, request: LocatedReference): boolean {
  const { stage } = request as Version;
  return isNotFound(error, request) && !stage && /staging label: AWSCURRENT/.test(error.message);
}

function isVersionNotFound(error: ServiceError, request: LocatedReference): boolean {
  const { stage, versionId } = request as Version;
  return isNotFound(error, request) && Boolean(stage || versionId) && /staging label|version/i.test(error.message);
}

function isServiceDenial({ name, message }: ServiceError, request: LocatedReference): boolean {
  return DENIED.test(name) && message.includes(`not authorized to perform: ${serviceOf(request).prefix}:`);
}

function isServerError({ name, status }: ServiceError): boolean {
  return status >= 500 || /^Internal(?:Service|Server)Error$/.test(name);
}

type Version = Pick<SecretReference, "stage" | "versionId">;

const DELETED = /marked for deletion|scheduled for deletion|marked deleted/i;
/** Secrets Manager's error name and Parameter Store's. */
const KEY_UNUSABLE = /^(?:DecryptionFailure|InvalidKeyId)$/;
const KEY = /\b(?:aws)?kms\b/i;
const DENIED = /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation|NotAuthorized)$/;

function versionNotFound(request: LocatedReference): Problem {
  const { stage } = request as Version;
  return {
    code: "VersionNotFound",
    cause: stage
      ? `the secret has no version with the stage ${quote(stage)}`
      : "the secret has no version with this id",
    remedy: "List its versions with list-secret-version-ids, and correct the reference in SECRETS.",
    missing: true,
  };
}

function secretNotFound({ region }: LocatedReference): Problem {
  return {
    code: "SecretNotFound",
    cause: "the secret does not exist",
    remedy: `It was requested in ${region}. Correct its name in SECRETS, or create it; a secret in another Region or account needs its full ARN.`,
    missing: true,
  };
}

function deleted({ id }: LocatedReference): Problem {
  return {
    code: "SecretDeleted",
    cause: "the secret is scheduled for deletion",
    remedy: `Restore it (aws secretsmanager restore-secret --secret-id ${quote(id)}), or remove its entry from SECRETS.`,
    missing: true,
  };
}

function serverError(status: number, { name }: Service): Problem {
  return {
    code: "ServiceError",
    cause: `${name} failed (status ${status})`,
    remedy: "Check the AWS Health Dashboard, and try again later.",
  };
}

function refused({ name: error, status }: ServiceError, { name, noun }: Service): Problem {
  return {
    code: "RequestRefused",
    cause: `${name} rejected the request (${/^\w+$/.test(error) ? error : "unknown error"}, status ${status})`,
    remedy: `Check the reference in SECRETS against the ${noun}; the service's own message follows.`,
  };
}

function throttled({ name, noun }: Service): Problem {
  return { code: "Throttled", cause: `${name} throttled the requests`, remedy: QUOTAS[noun] };
}

const NO_VALUE: Problem = {
  code: "NoValue",
  cause: "the secret exists, but has no value yet",
  remedy: "Store a value with put-secret-value or in the console.",
  missing: true,
};

const QUOTAS = {
  secret:
    "Secrets Manager allows 10,000 GetSecretValue calls per second per account and Region. Raise SECRETS_TIMEOUT, or use fewer secrets per function: one JSON secret can hold many values.",
  parameter:
    "Parameter Store allows 40 calls per second per account and Region by default. Enable higher throughput for the account, or raise SECRETS_TIMEOUT.",
};
