// The services' errors in their own words.

import type { RequestListener } from "node:http";
import { error } from "./fault-servers.ts";
import type { Target } from "./fault-targets.ts";
import { denied as deniedTo } from "./store.ts";

export const THROTTLING = error("ThrottlingException", "Rate exceeded");

export function internal({ internalError }: Target): RequestListener {
  return error(internalError, "An error occurred on the server side.", 500);
}

/** By default as a role without the permission gets it. */
export function denied(
  { action, deniedResource }: Target,
  why = `because no identity-based policy allows the ${action} action`,
): RequestListener {
  const { type, message } = deniedTo(deniedResource, action);
  return error(type, message.replace(/because.*/, why));
}

export function keyDenied({ noun }: Target): RequestListener {
  return error("AccessDeniedException", noun === "secret" ? "Access to KMS is not allowed" : KEY_NOT_ALLOWED);
}

export function keyDisabled({ noun }: Target): RequestListener {
  return noun === "secret"
    ? error("DecryptionFailure", "Secrets Manager can't decrypt the protected secret text using the provided KMS key.")
    : error("InvalidKeyId", KEY_PENDING_DELETION);
}

const KEY_NOT_ALLOWED =
  "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1; Proxy: null)";
const KEY_PENDING_DELETION =
  "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion. (Service: AWSKMS; Status Code: 400; Error Code: KMSInvalidStateException; Request ID: 1; Proxy: null)";

export const NOT_FOUND = notFound(".");
export const NO_VALUE = notFound(" value for staging label: AWSCURRENT");
export const NO_STAGE = notFound(" value for staging label: AWSPREVIOUS");
export const NO_VERSION = notFound(" value for VersionId: a1b2c3d4-5678-90ab-cdef-EXAMPLE11111");
export const DELETED = error(
  "InvalidRequestException",
  "You can't perform this operation on the secret because it was marked for deletion.",
);
export const INVALID = error("InvalidParameterException", "Invalid parameter at secretId");

export const NO_PARAMETER_VERSION = error(
  "ParameterVersionNotFound",
  "Systems Manager could not find version 3 of /prod/db.",
);
export const INVALID_NAME = error("ValidationException", "1 validation error detected: Invalid parameter name.");
export const INVALID_TOKEN = error("InvalidNextToken", "The specified token isn't valid.");

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

function notFound(what: string) {
  return error("ResourceNotFoundException", `Secrets Manager can't find the specified secret${what}`);
}
