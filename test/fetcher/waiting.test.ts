import { describeWaiting } from "../../fetcher/waiting.ts";
import { ARN, planOf } from "./given.ts";

const plan = planOf({ A: "prod/db:a", B: "prod/app", "*": "prod/db", C: ARN });
const calls = (...ids: string[]) => [...new Set(plan.map(({ fetch }) => fetch))].filter(({ id }) => ids.includes(id));

it("names the variables that wait, the Region, and what usually is the cause", () => {
  const text = describeWaiting(calls("prod/db"), plan);
  expect(text).toMatch(/^Secrets Manager in eu-west-1 has not answered .*waiting for A, \*\./);
  expect(text).toMatch(/VPC.*interface endpoint for secretsmanager.*security group.*443.*NAT gateway\.$/);
});

it("names each Region once", () => {
  const text = describeWaiting(calls("prod/db", "prod/app", ARN), plan);
  expect(text).toContain("in eu-west-1, eu-central-1 has");
  expect(text).toContain("waiting for A, B, *, C.");
});

it("names twenty variables at the most", () => {
  const many = planOf(Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`V${index}_`, `s${index}`])));
  const text = describeWaiting(
    many.map(({ fetch }) => fetch),
    many,
  );
  expect(text).toContain("V19_ and 3 more.");
  expect(text).not.toContain("V20_");
});

it("names no secret", () => {
  expect(describeWaiting(calls("prod/db", ARN), plan)).not.toMatch(/prod\/db|arn:/);
});
