import type { LocatedReference } from "../../config/plan.ts";
import { serviceOf } from "../../config/service.ts";
import type { Problem } from "../../fault/fault.ts";

/** Says which policy must allow the call. `message` is the service's own, which names the kind of policy. */
export function explainDenial(message: string, request: LocatedReference): Problem {
  const action = `${ACTIONS[request.kind]} on ${resourceOf(request)}${isSecretReference(request) ? AND_THE_SECRET : ""}`;
  const { noun } = serviceOf(request);
  const [, denying] = EXPLICIT.exec(message) ?? [];
  if (denying) {
    return {
      code: "AccessDenied",
      cause: `access to the ${noun} is denied by an explicit Deny in a policy`,
      remedy: `Remove the Deny of ${action} from the ${denying}: an Allow elsewhere does not override it.${SHARED[request.kind]}`,
    };
  }
  const [, silent = "identity-based policy"] = IMPLICIT.exec(message) ?? [];
  const where = silent === "identity-based policy" ? "to the function's role" : `in the ${silent}`;
  return {
    code: "AccessDenied",
    cause: `access to the ${noun} is denied`,
    remedy: `Allow ${action} ${where}; ${ELSEWHERE[request.kind]}${isSecretName(request) ? MAY_BE_ABSENT : ""}${SHARED[request.kind]}`,
  };
}

/** The same for the KMS key that encrypts the secret. `unusable`: the key is disabled or pending deletion. */
export function explainKeyDenial(unusable: boolean, request: LocatedReference): Problem {
  const { noun, prefix } = serviceOf(request);
  if (unusable) {
    return {
      code: "KmsAccessDenied",
      cause: `the ${noun} cannot be decrypted`,
      remedy: `Check in KMS that the ${noun}'s key is enabled and not pending deletion, and that the function's role is allowed kms:Decrypt on it.${SHARED[request.kind]}`,
    };
  }
  return {
    code: "KmsAccessDenied",
    cause: `access to the ${noun}'s KMS key is denied`,
    remedy: `Allow kms:Decrypt on the ${noun}'s KMS key to the function's role, in the role's policy and in the key policy; cross-account access needs a customer managed key, not aws/${prefix}.${SHARED[request.kind]}`,
  };
}

function isSecretReference({ kind, id }: LocatedReference): boolean {
  return kind === "parameter" && id.startsWith("/aws/reference/secretsmanager/");
}

function isSecretName({ kind, id }: LocatedReference): boolean {
  return kind === "secret" && !id.startsWith("arn:");
}

const AND_THE_SECRET = " and secretsmanager:GetSecretValue on the secret that it refers to";
/** AWS authorizes a call for a secret that does not exist against its name without the suffix. */
const MAY_BE_ABSENT =
  " Check that the secret exists: access to a secret that does not exist is denied too, unless the ARN without -?????? is also allowed, as an optional secret needs.";

const EXPLICIT = /explicit deny in an? ([a-z -]{1,40}(?:policy|boundary))/i;
const IMPLICIT = /because no ([a-z -]{1,40}(?:policy|boundary)) allows/i;

const ACTIONS = {
  secret: "secretsmanager:GetSecretValue",
  parameter: "ssm:GetParameters",
  path: "ssm:GetParametersByPath",
};

const ELSEWHERE = {
  secret: "for a secret in another account, allow it in the secret's resource policy too.",
  parameter: "a parameter in another account must be an advanced parameter shared with this account.",
  path: "use the path without /*; it covers everything below.",
};

/** The service does not always say which parameter was denied. */
const SHARED = {
  secret: "",
  parameter: " Up to ten parameters share a call, and one denied parameter fails the whole call.",
  path: "",
};

/** As a policy names it: the suffix that AWS adds to a secret's name is six characters. */
function resourceOf({ kind, id, region }: LocatedReference): string {
  if (id.startsWith("arn:")) return id;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  // Without the slash at the end of a path: AWS authorizes the call against the path itself.
  const name = id.replace(/^\//, "").replace(/\/$/, "");
  const resource = kind === "secret" ? `secret:${id}-??????` : `parameter/${name}`;
  return `arn:${partition}:${serviceOf({ kind }).prefix}:${region}:*:${resource}`;
}
