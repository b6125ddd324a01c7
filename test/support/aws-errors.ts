// Secrets Manager's errors in its own words.

import { error } from "./fault-servers.ts";
import { denied } from "./store.ts";

export const INTERNAL = error("InternalServiceError", "An error occurred on the server side.", 500);
export const THROTTLING = error("ThrottlingException", "Rate exceeded");

const denial = denied("prod/db");
export const DENIED = error(denial.type, denial.message);
export const DENIED_BY_DENY = deniedBecause("with an explicit deny in a resource-based policy");
export const DENIED_BY_ENDPOINT = deniedBecause(
  "because no VPC endpoint policy allows the secretsmanager:GetSecretValue action",
);

export const KMS_DENIED = error("AccessDeniedException", "Access to KMS is not allowed");
export const KEY_DISABLED = error(
  "DecryptionFailure",
  "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
);

export const NOT_FOUND = notFound(".");
export const NO_VALUE = notFound(" value for staging label: AWSCURRENT");
export const NO_STAGE = notFound(" value for staging label: AWSPREVIOUS");
export const NO_VERSION = notFound(" value for VersionId: a1b2c3d4-5678-90ab-cdef-EXAMPLE11111");
export const DELETED = error(
  "InvalidRequestException",
  "You can't perform this operation on the secret because it was marked for deletion.",
);
export const INVALID = error("InvalidParameterException", "Invalid parameter at secretId");

export const EXPIRED_TOKEN = error("ExpiredTokenException", "The security token included in the request is expired");
export const UNKNOWN_TOKEN = error(
  "UnrecognizedClientException",
  "The security token included in the request is invalid.",
);
export const BAD_SIGNATURE = error(
  "InvalidSignatureException",
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
);
export const WRONG_REGION = error("InvalidSignatureException", "Credential should be scoped to a valid region.");
export const SIGNATURE_EXPIRED = error(
  "InvalidSignatureException",
  "Signature expired: 20261121T083655Z is now earlier than 20261121T093155Z (20261121T093655Z - 5 min.)",
);

function deniedBecause(why: string) {
  return error(denial.type, denial.message.replace(/because.*/, why));
}

function notFound(what: string) {
  return error("ResourceNotFoundException", `Secrets Manager can't find the specified secret${what}`);
}
