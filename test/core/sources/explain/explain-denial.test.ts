import type { LocatedReference } from "../../../../core/config/plan.ts";
import { explainDenial, explainKeyDenial } from "../../../../core/sources/explain/explain-denial.ts";

const region = "eu-west-1";
const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";

const DENIED: [LocatedReference, action: string, meant: string][] = [
  [{ kind: "secret", id: "prod/db", region }, "secretsmanager:GetSecretValue", ARN],
  [{ kind: "secret", id: ARN, region }, "secretsmanager:GetSecretValue", ARN],
  [
    { kind: "parameter", id: "/prod/log-level", region },
    "ssm:GetParameters",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/log-level",
  ],
  [
    { kind: "path", id: "/prod/app/", recursive: true, region: "cn-north-1" },
    "ssm:GetParametersByPath",
    "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/prod/app",
  ],
];

it.each(DENIED)("what a denial of %j says to allow is a statement that allows it", (request, action, meant) => {
  const { code, remedy } = explainDenial("", request);
  expect(code).toBe("AccessDenied");
  const [, allowed, resource = ""] = /Allow (\S+) on (arn:\S+) /.exec(remedy) ?? [];
  expect([allowed, asPolicyReads(resource).test(meant)]).toEqual([action, true]);
  expect(asPolicyReads(resource).test(`${meant}x`)).toBe(false);
});

it("says where a Deny stands that no Allow outweighs", () => {
  const [[request]] = DENIED as [(typeof DENIED)[0]];
  const { remedy } = explainDenial("with an explicit deny in a service control policy", request);
  expect(remedy).toContain("service control policy");
  expect(remedy).not.toContain("Allow secretsmanager");
});

it.each(DENIED)("a key that is refused for %j is never taken for the secret", (request) => {
  for (const unusable of [true, false]) {
    const { code, remedy } = explainKeyDenial(unusable, request);
    expect([code, remedy]).toEqual(["KmsAccessDenied", expect.stringContaining("kms:Decrypt")]);
  }
});

/** A resource of a policy: `*` is anything, `?` one character. */
function asPolicyReads(resource: string): RegExp {
  return new RegExp(
    `^${resource
      .replaceAll(/[.+^$()[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
}
