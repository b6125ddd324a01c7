import type { Problem } from "../../../core/fault/fault.ts";
import { describeWaiting } from "../../../core/sources/waiting.ts";
import { ARN, planOf } from "../plans.ts";

const plan = planOf({ A: "prod/db:a", B: "prod/app", "*": "prod/db", C: ARN, P: "ssm:/prod/p" });
const calls = (...ids: string[]) =>
  [...new Set(plan.map(({ request }) => request))].filter(({ id }) => ids.includes(id));
const NO_FAILURES = new Map<string, Problem>();

it("names the variables that wait, the Region, and the usual cause", () => {
  const [line, ...more] = describeWaiting(calls("prod/db"), plan, NO_FAILURES);
  expect(line).toMatch(/^Secrets Manager in eu-west-1 has not responded .* Waiting for A, \*\.$/);
  expect(line).toMatch(/VPC.*interface endpoint for secretsmanager.*security group.*443.*NAT gateway\./);
  expect(more).toEqual([]);
});

it("gives a line for each service and Region", () => {
  const lines = describeWaiting(calls("prod/db", "prod/app", ARN, "/prod/p"), plan, NO_FAILURES);
  expect(lines).toEqual([
    expect.stringMatching(/^Secrets Manager in eu-west-1 has.*Waiting for A, B, \*\.$/),
    expect.stringMatching(/^Secrets Manager in eu-central-1 has.*Waiting for C\.$/),
    expect.stringMatching(/^Parameter Store in eu-west-1 has.*endpoint for ssm .*Waiting for P\.$/),
  ]);
});

it("gives what calls to a service have failed with, in place of a guess", () => {
  const problem = { code: "Throttled", cause: "Secrets Manager throttled the requests", remedy: "Wait." };
  const failures = new Map([["Secrets Manager in eu-west-1", problem]]);
  const [failing, silent] = describeWaiting(calls("prod/db", ARN), plan, failures);
  expect(failing).toMatch(/throttled the requests.*retried until.*SECRETS_TIMEOUT.*Waiting for A, \*\.$/);
  expect(failing).not.toMatch(/route/);
  expect(silent).toMatch(/eu-central-1 has not responded.*route/);
});

it("names twenty variables at the most", () => {
  const many = planOf(Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`V${index}_`, `s${index}`])));
  const [line] = describeWaiting(
    many.map(({ request }) => request),
    many,
    NO_FAILURES,
  );
  expect(line).toContain("V19_ and 3 more.");
  expect(line).not.toContain("V20_");
});

it("names no secret", () => {
  expect(describeWaiting(calls("prod/db", ARN), plan, NO_FAILURES).join()).not.toMatch(/prod\/db|arn:/);
});
