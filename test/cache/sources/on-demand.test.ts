import * as fc from "fast-check";
import { isSingleParameter, parameterRequest, secretRequest, single } from "../../../cache/sources/on-demand.ts";
import { ARN, planOf } from "../../core/plans.ts";
import { unwrap } from "../../core/unwrap.ts";

const secret = (query: string, region: string | undefined = "eu-west-1") =>
  unwrap(secretRequest(new URLSearchParams(query), region));
const parameter = (query: string) => unwrap(parameterRequest(new URLSearchParams(query), "eu-west-1"));

it("is the same request as the one of SECRETS for the same secret", () => {
  for (const [reference, query] of [
    ["prod/db", "secretId=prod/db"],
    ["prod/db", "secretId=prod%2Fdb&versionStage=AWSCURRENT"],
    ["prod/db::AWSPREVIOUS", "secretId=prod/db&versionStage=AWSPREVIOUS"],
    [
      "prod/db:::11111111-2222-3333-4444-555555555555",
      "secretId=prod/db&versionId=11111111-2222-3333-4444-555555555555",
    ],
    [ARN, `secretId=${ARN}`],
    ["rds!db-1", "secretId=rds!db-1"],
  ] as const) {
    const [planned] = planOf({ A: reference });
    expect(secret(query)).toEqual(planned?.request);
  }
});

it("is the same request as the one of SECRETS for the same parameter", () => {
  for (const [reference, query] of [
    ["ssm:/prod/level", "name=/prod/level"],
    ["ssm:/prod/level:3", "name=%2Fprod%2Flevel&version=3"],
    ["ssm:/prod/level:live", "name=/prod/level&label=live"],
  ] as const) {
    const [planned] = planOf({ A: reference });
    expect(parameter(query)).toEqual(planned?.request);
  }
});

it.each(["", "secretId=", "secretId=a*", "secretId=arn:aws:s3:::x", `secretId=${"a".repeat(3000)}`, "name=x"])(
  "says what is wrong with ?%.40s",
  (query) => {
    expect(secret(query)).toMatch(/secretId must be/);
  },
);

it.each([
  ["", /name must be/],
  ["name=", /name must be/],
  ["name=/a&version=1&label=b", /exclude each other/],
  ["name=/a&version=b", /version must be a number/],
  ["name=/a&label=a%20b", /label/],
])("says what is wrong with ?%s", (query, wrong) => {
  expect(parameter(query)).toMatch(wrong);
});

it("says that the Region is not known", () => {
  expect(secretRequest(new URLSearchParams("secretId=a"), undefined)).toMatchObject({ error: /Region/ });
});

it("makes of any query a request or an answer", () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), (query) => {
      for (const read of [secretRequest, parameterRequest]) {
        const result = read(new URLSearchParams(query), "eu-west-1");
        expect(typeof (result.ok ? result.value.key : result.error)).toBe("string");
      }
    }),
  );
});

it("is another request where the value is not decrypted", () => {
  const request = parameterRequest(new URLSearchParams("name=/a"), "eu-west-1");
  if (!request.ok) throw new Error(request.error);
  const [plain, decrypted] = [single(request.value, false), single(request.value, true)];
  expect(new Set([plain.key, decrypted.key, request.value.key]).size).toBe(3);
  expect([plain, request.value].map(isSingleParameter)).toEqual([true, false]);
});
