import type { LocatedReference } from "../../../../core/config/plan.ts";
import { explainCredentials } from "../../../../core/sources/explain/explain-credentials.ts";

const DB: LocatedReference = { kind: "secret", id: "prod/db", region: "eu-west-1" };
const codeOf = (name: string, message: string) =>
  explainCredentials({ name, message, status: 400, isThrottling: false }, DB)?.code;

it.each([
  [
    "InvalidSignatureException",
    "Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z",
    "ClockSkew",
  ],
  ["InvalidSignatureException", "Credential should be scoped to a valid region.", "WrongRegion"],
  ["InvalidSignatureException", "The request signature we calculated does not match", "InvalidCredentials"],
  ["ExpiredTokenException", "The security token included in the request is expired", "ExpiredCredentials"],
  ["UnrecognizedClientException", "The security token included in the request is invalid.", "InvalidCredentials"],
])("%s is told by its message: %s", (name, message, code) => {
  expect(codeOf(name, message)).toBe(code);
});

it.each(["AccessDeniedException", "ResourceNotFoundException", "ThrottlingException", "InternalServiceError", ""])(
  "leaves %j to others",
  (name) => {
    expect(codeOf(name, "something else")).toBeUndefined();
  },
);
