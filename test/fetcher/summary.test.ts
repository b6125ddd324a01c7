import type { Level, Log } from "../../core/host/log.ts";
import { VERSION } from "../../core/host/version.ts";
import { countRequests, logSummary, logVersions } from "../../fetcher/summary.ts";
import { outcomesOf, planOf } from "../core/plans.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";

type Stored = Parameters<typeof outcomesOf>[1];

function summaryOf(secrets: unknown, stored: Stored, variables: number) {
  const lines: { level: Level; message: string; fields: object | undefined }[] = [];
  const log: Log = (level, message, fields) =>
    lines.push({ level, message: typeof message === "string" ? message : message(), fields });
  const plan = planOf(secrets);
  logVersions(plan, outcomesOf(plan, stored), log);
  logSummary(countRequests(plan), variables, log);
  expectNoCanary(lines);
  return lines;
}

it("is one line with what there is, as text and in fields", () => {
  const secrets = { A: "prod/a", B: "prod/a:k", C: "prod/c", "P_*": "ssm:/prod/app/", D: "ssm:/prod/d" };
  const lines = summaryOf(secrets, {}, 7);
  expect(lines).toEqual([
    {
      level: "INFO",
      message: expect.stringMatching(/^7 variables from 2 secrets, 1 parameter and 1 path in \d+ ms\.$/),
      fields: { version: VERSION, variables: 7, secrets: 2, parameters: 1, paths: 1, durationMs: expect.any(Number) },
    },
  ]);
});

it.each([
  [{}, 0, /^0 variables from 0 secrets in /],
  [{ A: "ssm:x", B: "y" }, 2, /^2 variables from 1 secret and 1 parameter in /],
  [{ A: "ssm:x" }, 1, /^1 variable from 1 parameter in /],
])("of %j with %i says so", (secrets, variables, message) => {
  expect(summaryOf(secrets, {}, variables)[0]?.message).toMatch(message);
});

it("has at DEBUG the version of each secret and what holds it, and no value", () => {
  const version = { version: "a1b2", created: new Date(0) };
  const stored: Stored = {
    "prod/a": { name: "prod/a", noun: "secret", kind: "text", text: CANARY, ...version },
    "prod/b": { name: "prod/b", noun: "secret", kind: "text", text: CANARY },
  };
  const lines = summaryOf(
    { A: "prod/a", B: "prod/a:k", C: "prod/b", D: { secret: "prod/none", optional: true } },
    stored,
    3,
  );
  expect(lines.filter(({ level }) => level === "DEBUG").map(({ message }) => message)).toEqual([
    'A, B (from "prod/a"): version a1b2, created 1970-01-01T00:00:00.000Z.',
  ]);
});
