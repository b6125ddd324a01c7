import * as fc from "fast-check";
import { planRequests, requestsOf } from "../../../core/config/plan.ts";
import { expectFaults } from "../expect-problems.ts";
import { parseSecrets } from "../parse-secrets.ts";
import { ARN } from "../plans.ts";

function plan(secrets: unknown, region?: string) {
  const { plan, faults } = planRequests(parseSecrets(JSON.stringify(secrets)).entries, region);
  return { plan, faults, calls: requestsOf(plan).map(({ key, ...call }) => call) };
}

it("asks once for a secret, however many entries use it", () => {
  const { plan: planned, calls } = plan({ A: "prod/db:a", B: "prod/db:b", "*": "prod/db", C: "prod/app" }, "eu-west-1");
  expect(planned.map(({ entry }) => entry.subject)).toEqual(["A", "B", "*", "C"]);
  expect(calls).toEqual([
    { kind: "secret", id: "prod/db", region: "eu-west-1" },
    { kind: "secret", id: "prod/app", region: "eu-west-1" },
  ]);
});

it("asks for each version of a secret", () => {
  const { calls } = plan(
    { A: "x", B: "x::AWSPREVIOUS", C: "x:key:AWSPREVIOUS:", D: "x:::v1", E: "x:::v2" },
    "eu-west-1",
  );
  expect(calls).toEqual([
    { kind: "secret", id: "x", region: "eu-west-1" },
    { kind: "secret", id: "x", stage: "AWSPREVIOUS", region: "eu-west-1" },
    { kind: "secret", id: "x", versionId: "v1", region: "eu-west-1" },
    { kind: "secret", id: "x", versionId: "v2", region: "eu-west-1" },
  ]);
});

it("never asks for a stage by a version's id", () => {
  expect(plan({ A: "x::same:", B: "x:::same" }, "eu-west-1").calls).toHaveLength(2);
});

it("looks in the ARN's own Region, and for a name in the function's", () => {
  const { calls } = plan({ A: ARN, B: "prod/db" }, "us-east-1");
  expect(calls.map(({ region }) => region)).toEqual(["eu-central-1", "us-east-1"]);
});

it("needs no Region of the function's for an ARN", () => {
  expect(plan({ A: ARN }).faults).toEqual([]);
});

it("reports every entry for which no Region is known, with its secret", () => {
  const { faults } = plan({ A: "prod/db", B: ARN, "*": "prod/app" });
  expectFaults(
    faults,
    ["A", "NoRegion", /the Region is not known/, /AWS_REGION.*ARN/],
    ["*", "NoRegion", /the Region is not known/, /AWS_REGION.*ARN/],
  );
  expect(faults).toMatchObject([{ secret: "prod/db" }, { secret: "prod/app" }]);
});

it("has one call for each secret and version, and every entry has its own", () => {
  const reference = fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("", "S"), fc.constantFrom("", "k", "l"));
  fc.assert(
    fc.property(fc.array(reference), (references) => {
      const secrets = references.map(([id, stage, key], index) => [`V${index}`, `${id}:${key}:${stage}:`]);
      const { plan: planned, calls } = plan(Object.fromEntries(secrets), "eu-west-1");
      expect(calls).toHaveLength(new Set(references.map(([id, stage]) => id + stage)).size);
      expect(planned.map(({ request }) => request.id + ("stage" in request ? request.stage : ""))).toEqual(
        references.map(([id, stage]) => id + stage),
      );
    }),
  );
});

it("names the location of an entry without a Region", () => {
  const [entry] = parseSecrets('{"A": "x"}').entries;
  const entries = entry ? [{ ...entry, offset: 7, locationAt: (offset: number) => `secrets.yaml:1:${offset}` }] : [];
  expect(planRequests(entries, undefined).faults).toMatchObject([{ code: "NoRegion", location: "secrets.yaml:1:7" }]);
});
