import { SecretsManagerServiceException } from "@aws-sdk/client-secrets-manager";
import * as fc from "fast-check";
import type { LocatedReference } from "../../../../core/config/plan.ts";
import type { Reference } from "../../../../core/config/reference.ts";
import { explainError } from "../../../../core/sources/explain/explain.ts";
import { CANARY, expectNoCanary } from "../../../support/canary.ts";
import { denied, NOT_FOUND } from "../../../support/store.ts";
import { expectProblem } from "../../expect-problems.ts";
import { ARN } from "../../plans.ts";

const DB: LocatedReference = { kind: "secret", id: "prod/db", region: "eu-west-1" };

function explain(
  name: string,
  message = "",
  { status = 400, request = DB }: { status?: number; request?: LocatedReference } = {},
) {
  const metadata = { $fault: "client" as const, $metadata: { httpStatusCode: status } };
  return explainError(new SecretsManagerServiceException({ name, message, ...metadata }), request, 5000);
}

const WRONG_REGION = "Credential should be scoped to a valid region.";
const UNKNOWN_KEY =
  "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.";
const KMS_DENIED = "User: role is not authorized to perform: kms:Decrypt on this resource because no policy allows it";

it.each([
  ["AccessDeniedException", denied("prod/db").message, "AccessDenied", /access.*denied/, /GetSecretValue.*role/],
  ["AccessDenied", "", "AccessDenied", /access.*denied/, /another account.*resource policy/],
  ["AccessDeniedException", "Access to KMS is not allowed", "KmsAccessDenied", /KMS key/, /kms:Decrypt.*role/],
  ["RequestTimeTooSkewed", "x", "ClockSkew", /time/, /clock/],
  ["RequestExpired", "Request has expired.", "ClockSkew", /time/, /clock/],
  ["InvalidSignatureException", WRONG_REGION, "WrongRegion", /a different Region/, /for eu-west-1.*AWS_ENDPOINT_URL/],
  [
    "AccessDeniedException",
    KMS_DENIED,
    "KmsAccessDenied",
    /KMS key/,
    /kms:Decrypt.*role's policy and in the key policy/,
  ],
  ["DecryptionFailure", "x", "KmsAccessDenied", /cannot be decrypted/, /key.*is enabled/],
  ["ResourceNotFoundException", NOT_FOUND.message, "SecretNotFound", /does not exist/, /eu-west-1.*its name.*ARN/],
  [
    "InvalidRequestException",
    "it was marked for deletion.",
    "SecretDeleted",
    /for deletion/,
    /restore-secret.*prod\/db/,
  ],
  ["ThrottlingException", "Rate exceeded", "Throttled", /throttled/, /10,000 GetSecretValue.*SECRETS_TIMEOUT/],
  ["TooManyRequestsException", "", "Throttled", /throttled/, /10,000 GetSecretValue/],
  ["InternalServiceError", "", "ServiceError", /failed \(status 400\)/, /Health Dashboard/],
  ["ExpiredTokenException", "", "ExpiredCredentials", /have expired/, /nothing overrides/],
  ["ExpiredToken", "", "ExpiredCredentials", /have expired/, /nothing overrides/],
  ["UnrecognizedClientException", "", "InvalidCredentials", /not valid/, /AWS_ACCESS_KEY_ID.*Region is enabled/],
  ["InvalidClientTokenId", "", "InvalidCredentials", /not valid/, /AWS_ACCESS_KEY_ID/],
  ["SignatureDoesNotMatch", "", "InvalidCredentials", /not valid/, /AWS_SECRET_ACCESS_KEY/],
  ["InvalidSignatureException", "Signature expired: 1 is now earlier than 2", "ClockSkew", /time/, /clock/],
  ["InvalidSignatureException", "Signature not yet current: 2 is later", "ClockSkew", /time/, /clock/],
  ["InvalidParameterException", "x", "RequestRefused", /\(InvalidParameterException, status 400\)/, /reference/],
  ["odd name!", "x", "RequestRefused", /\(unknown error, status 400\)/, /reference/],
])("%s (%s) is %s", (name, message, code, cause, remedy) => {
  expectProblem(explain(name, message), code, cause, remedy);
});

it.each([
  ["AccessDeniedException", ""],
  ["AccessDeniedException", "with an explicit deny in a resource-based policy"],
  ["AccessDeniedException", KMS_DENIED],
  ["InvalidKeyId", ""],
])("says of a refused parameter that another one of its call may be meant: %s %s", (name, message) => {
  const shared = /share a call, and one denied parameter fails/;
  const remedyOf = (request: LocatedReference) => explain(name, message, { request }).remedy;
  expect(remedyOf({ kind: "parameter", id: "/prod/db", region: "eu-west-1" })).toMatch(shared);
  expect(remedyOf({ kind: "path", id: "/prod/", recursive: true, region: "eu-west-1" })).not.toMatch(shared);
  expect(remedyOf(DB)).not.toMatch(shared);
});

describe("the key of a parameter", () => {
  const request: LocatedReference = { kind: "parameter", id: "/prod/db", region: "eu-west-1" };

  it("is denied in KMS's words for a key that is not there or not allowed", () => {
    const problem = explain("AccessDeniedException", `${UNKNOWN_KEY} (Service: AWSKMS; Status Code: 400)`, { request });
    expectProblem(
      problem,
      "KmsAccessDenied",
      /access to the parameter's KMS key is denied/,
      /kms:Decrypt.*not aws\/ssm\. Up to ten/,
    );
  });

  it.each([
    "arn:aws:kms:eu-west-1:111122223333:key/1 is pending deletion. (Service: AWSKMS; Status Code: 400)",
    "The query key ID isn't valid.",
  ])("is disabled or being deleted, not denied: %s", (message) => {
    const problem = explain("InvalidKeyId", message, { request });
    expectProblem(problem, "KmsAccessDenied", /parameter cannot be decrypted/, /is enabled and not pending deletion/);
  });
});

it("takes the status where the error's name says nothing", () => {
  expectProblem(explain("Odd", "", { status: 503 }), "ServiceError", /status 503/, /Health Dashboard/);
  expectProblem(explain("Odd", "", { status: 429 }), "Throttled", /throttled/, /10,000 GetSecretValue/);
});

describe("a denial", () => {
  it.each([
    [{ kind: "parameter", id: "/prod/db" }, "ssm:GetParameters", "parameter/prod/db"],
    [{ kind: "parameter", id: "Plain" }, "ssm:GetParameters", "parameter/Plain"],
    [{ kind: "path", id: "/prod/app/", recursive: true }, "ssm:GetParametersByPath", "parameter/prod/app"],
    [{ kind: "path", id: "/", recursive: true }, "ssm:GetParametersByPath", "parameter/"],
  ] as [Reference, string, string][])("of %j names the call and what it is made on", (reference, action, resource) => {
    const { remedy } = explain("AccessDeniedException", "", { request: { ...reference, region: "eu-west-1" } });
    expect(remedy).toContain(`Allow ${action} on arn:aws:ssm:eu-west-1:*:${resource} to the function's role; `);
  });

  it.each([
    [DB, "arn:aws:secretsmanager:eu-west-1:*:secret:prod/db-??????"],
    [{ kind: "secret", id: "x", region: "cn-north-1" }, "arn:aws-cn:secretsmanager:cn-north-1:*:secret:x-??????"],
    [
      { kind: "secret", id: "x", region: "us-gov-west-1" },
      "arn:aws-us-gov:secretsmanager:us-gov-west-1:*:secret:x-??????",
    ],
    [{ kind: "secret", id: ARN, region: "eu-central-1" }, ARN],
  ] as [LocatedReference, string][])("names the resource as a policy does: %j", (request, resource) => {
    const { remedy } = explain("AccessDeniedException", "", { request });
    expect(remedy).toContain(`secretsmanager:GetSecretValue on ${resource} to`);
  });

  it.each([
    [
      "because no identity-based policy allows the action",
      /^Allow secretsmanager:GetSecretValue on \S+ to the function's role/,
    ],
    ["because no VPC endpoint policy allows the action", /^Allow \S+ on \S+ in the VPC endpoint policy/],
    ["because no permissions boundary allows the action", /^Allow \S+ on \S+ in the permissions boundary/],
    [
      "with an explicit deny in a resource-based policy",
      /^Remove the Deny of \S+ on \S+ from the resource-based policy/,
    ],
    [
      "with an explicit deny in a service control policy",
      /^Remove the Deny of \S+ on \S+ from the service control policy/,
    ],
  ])("says which policy has to change: %s", (why, remedy) => {
    const message = `User: role is not authorized to perform: secretsmanager:GetSecretValue on resource: x ${why}`;
    expectProblem(explain("AccessDeniedException", message), "AccessDenied", /access to the secret is denied/, remedy);
  });

  it("is not the key's because the secret's or the role's name holds kms", () => {
    const problem = explain("AccessDeniedException", denied("prod/kms/settings").message);
    expectProblem(problem, "AccessDenied", /access to the secret is denied/, /GetSecretValue/);
  });

  it("gives the service's own sentence to its end, where it names the policy at fault", () => {
    const message = denied(`arn:aws:secretsmanager:eu-west-1:111122223333:secret:${"n".repeat(100)}-AbCdEf`).message;
    expect(explain("AccessDeniedException", message).detail).toBe(JSON.stringify(message));
    expect(explain("AccessDeniedException", "").detail).toBeUndefined();
    expect(explain("AccessDeniedException", "x".repeat(5000)).detail?.length).toBeLessThan(2000);
  });
});

describe("a version that is not there", () => {
  const message = "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS";

  it("is told by its stage", () => {
    const problem = explain("ResourceNotFoundException", message, { request: { ...DB, stage: "AWSPREVIOUS" } });
    expectProblem(problem, "VersionNotFound", /no version with the stage "AWSPREVIOUS"/, /list-secret-version-ids/);
  });

  it("is told by its id", () => {
    const request = { ...DB, versionId: "4f3c" };
    const problem = explain("ResourceNotFoundException", "can't find the specified secret value for VersionId: 4f3c", {
      request,
    });
    expectProblem(problem, "VersionNotFound", /no version with this id/, /list-secret-version-ids/);
  });

  it("is a secret without a value where none was asked for", () => {
    const problem = explain("ResourceNotFoundException", message.replace("AWSPREVIOUS", "AWSCURRENT"));
    expectProblem(problem, "NoValue", /exists, but has no value/, /put-secret-value/);
  });

  it("is not blamed where the secret itself is not there", () => {
    const request = { ...DB, stage: "AWSPREVIOUS" };
    expect(explain("ResourceNotFoundException", NOT_FOUND.message, { request })).toMatchObject({
      code: "SecretNotFound",
    });
  });
});

it("forgives only what is absent", () => {
  const missing = (name: string, message: string) => explain(name, message).missing ?? false;
  expect(missing("ResourceNotFoundException", NOT_FOUND.message)).toBe(true);
  expect(missing("InvalidRequestException", "it was marked for deletion")).toBe(true);
  for (const name of ["AccessDeniedException", "DecryptionFailure", "ThrottlingException", "ExpiredToken", "Odd"]) {
    expect(missing(name, denied("prod/db").message)).toBe(false);
  }
});

it("says how a connection failed", () => {
  const error = Object.assign(new Error(CANARY), {
    code: "ETIMEDOUT",
    phase: "connect",
    host: "secretsmanager.example",
  });
  const problem = explainError(error, DB, 5000);
  expectProblem(problem, "Timeout", /no connection was established within 5 s/, /VPC/);
  expect(problem.detail).toContain("at secretsmanager.example, for eu-west-1");
});

it("passes on nothing of what it does not know, above all no parser's message", () => {
  const parse = () => {
    try {
      return JSON.parse(`{"SecretString": "${CANARY}`);
    } catch (error) {
      return Object.assign(error as Error, { $fault: "client", $metadata: {} });
    }
  };
  for (const error of [parse(), new TypeError(CANARY), CANARY, undefined, { name: CANARY, message: CANARY }]) {
    const problem = explainError(error, DB, 5000);
    expectProblem(
      problem,
      "InvalidAnswer",
      /not a valid Secrets Manager response \((SyntaxError|TypeError|unknown error)\)/,
      /AWS_ENDPOINT_URL/,
    );
    expectNoCanary(problem);
  }
});

it("never has an ARN, an account or the service's words in its cause, whatever the service says", () => {
  const names = fc.constantFrom("AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException");
  fc.assert(
    fc.property(fc.oneof(names, fc.string()), fc.string(), fc.integer({ min: 400, max: 599 }), (name, said, status) => {
      const { cause } = explain(name, `${ARN} ${said} ${CANARY}`, { status, request: { ...DB, id: ARN } });
      expect(cause).not.toMatch(/arn:|111122223333/);
      expectNoCanary(cause);
    }),
  );
});

describe("a name with kms in it", () => {
  it.each([
    ["ResourceNotFoundException", "Secrets Manager can't find the specified secret value for staging label: kms-v1"],
    ["ResourceNotFoundException", "Secrets Manager can't find the specified secret value for VersionId: kms"],
  ])("is not taken for a key: %s %s", (name, message) => {
    const request: LocatedReference = { kind: "secret", id: "kms/x", region: "eu-west-1", stage: "kms-v1" };
    expect(explain(name, message, { request })).toMatchObject({ code: "VersionNotFound", missing: true });
  });
});

it.each([
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "UnrecognizedClientException",
  "ExpiredTokenException",
  "RequestTimeTooSkewed",
])("passes on nothing of what a service says of credentials: %s", (name) => {
  const message = `The canonical string should have been\n'POST\n/\n\nx-amz-security-token:${CANARY}\n\nhost'`;
  for (const text of [message, `${message} Signature expired`, `${message} ${WRONG_REGION}`])
    expectNoCanary(explain(name, text));
});

it("passes on no sentence that quotes the request's token, whatever the error", () => {
  for (const name of ["AccessDeniedException", "ValidationException", "ResourceNotFoundException", "Odd"])
    expectNoCanary(explain(name, `the header X-Amz-Security-Token: ${CANARY} is odd`));
});

describe("a denial's remedy", () => {
  it("says of a secret's name that one that does not exist is denied too", () => {
    const { message } = denied("prod/db");
    expect(explain("AccessDeniedException", message).remedy).toMatch(/Check that the secret exists.*without -\?{6}/);
    const byArn = explain("AccessDeniedException", message, { request: { ...DB, id: ARN } });
    expect(byArn.remedy).not.toMatch(/exists/);
  });

  it("names the secret's permission for a parameter that refers to a secret", () => {
    const request: LocatedReference = {
      kind: "parameter",
      id: "/aws/reference/secretsmanager/prod/db",
      region: "eu-west-1",
    };
    const message = "User: role is not authorized to perform: secretsmanager:GetSecretValue on resource: prod/db";
    const { code, remedy } = explain("AccessDeniedException", message, { request });
    expect(code).toBe("AccessDenied");
    expect(remedy).toContain(
      "Allow ssm:GetParameters on arn:aws:ssm:eu-west-1:*:parameter/aws/reference/secretsmanager/prod/db and secretsmanager:GetSecretValue on the secret",
    );
  });
});
