import type { Cause } from "./fault.ts";
import type { Fetch } from "./plan.ts";

/** Says who has to allow the call. `message` is the service's own sentence, which names the kind of policy at fault. */
export function explainDenial(message: string, { id, region }: Fetch): Cause {
  const action = `secretsmanager:GetSecretValue on ${resourceOf(id, region)}`;
  const [, denying] = EXPLICIT.exec(message) ?? [];
  if (denying) {
    return {
      code: "AccessDenied",
      cause: "access to the secret is denied, by a Deny in a policy",
      remedy: `Take the Deny of ${action} out of the ${denying}: no Allow elsewhere outweighs it.`,
    };
  }
  const [, silent = "identity-based policy"] = IMPLICIT.exec(message) ?? [];
  const where = silent === "identity-based policy" ? "to the function's role" : `in the ${silent}`;
  return {
    code: "AccessDenied",
    cause: "access to the secret is denied",
    remedy: `Allow ${action} ${where}; for a secret in another account, in the secret's own policy as well.`,
  };
}

/** The same for the key that the secret is encrypted with. */
export function explainKeyDenial(name: string): Cause {
  if (name === "DecryptionFailure") {
    return {
      code: "KmsAccessDenied",
      cause: "the secret cannot be decrypted",
      remedy:
        "Check in KMS that the key in the secret's settings is enabled and not pending deletion, and that the function's role has kms:Decrypt on it.",
    };
  }
  return {
    code: "KmsAccessDenied",
    cause: "the secret's KMS key may not be used",
    remedy:
      "Allow kms:Decrypt on the key in the secret's settings to the function's role, in the role's policy and in the key's; another account needs a key of one's own, not aws/secretsmanager.",
  };
}

const EXPLICIT = /explicit deny in an? ([a-z -]{1,40}(?:policy|boundary))/i;
const IMPLICIT = /because no ([a-z -]{1,40}(?:policy|boundary)) allows/i;

/** As a policy names it: the suffix that AWS adds to a name is six characters. */
function resourceOf(id: string, region: string): string {
  if (id.startsWith("arn:")) return id;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:secretsmanager:${region}:*:secret:${id}-??????`;
}
