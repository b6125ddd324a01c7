import { readValues } from "../../core/values/read-values.ts";
import { buildEnvironment } from "../../core/values/variables.ts";
import { formatCheck } from "../../fetcher/check-table.ts";
import { DENIED, outcomesOf, planOf } from "../core/plans.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";

type Stored = Parameters<typeof outcomesOf>[1];

/** The table for these entries, each built by itself, as `--check` does. */
function tableOf(secrets: unknown, stored: Stored): string {
  const plan = planOf(secrets);
  const outcomes = outcomesOf(plan, stored);
  return formatCheck(
    plan.map((planned) => ({
      ...planned,
      outcome: outcomes.get(planned.request.key),
      ...buildEnvironment(readValues([planned], outcomes, {})),
    })),
  );
}

const cells = (table: string) =>
  table
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));

it("has a row for each variable with where it is from and its size in bytes, and no value", () => {
  const table = tableOf(
    { TOKEN: "prod/token", "*": "prod/db", LEVEL: { secret: "prod/none", default: "é" } },
    { "prod/token": CANARY, "prod/db": JSON.stringify({ user: CANARY, NODE_OPTIONS: CANARY }) },
  );
  expect(cells(table).map((row) => [row[0], row[1], row.at(-2), row.at(-1)])).toEqual([
    ["VARIABLE", "SOURCE", "BYTES", "RESULT"],
    ["TOKEN", "prod/token", "32", "found"],
    ["user", "prod/db", "32", "found"],
    ["NODE_OPTIONS", "prod/db", "text", "skipped: StartupName"],
    ["LEVEL", "prod/none", "2", "not found, default used"],
  ]);
  expectNoCanary(table);
});

it("has one row for an entry that fails, with its code", () => {
  const table = tableOf({ A: "prod/denied:key", "*": "prod/none" }, { "prod/denied": DENIED });
  expect(cells(table).slice(1)).toEqual([
    ["A", "prod/denied:key", "AccessDenied"],
    ["*", "prod/none", "SecretNotFound"],
  ]);
});

it("says what RDS's rotation means for those that have its secrets, by name or ARN", () => {
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-1a-AbCdEf";
  const stored = { "rds!db-1a": '{"password":"x"}', [arn]: '{"password":"x"}', "prod/rds!x": "x" };
  const table = tableOf({ A: "rds!db-1a:password", B: `${arn}:password`, C: "prod/rds!x", D: "rds!db-none" }, stored);
  expect(table).toMatch(/\n\nA, B: RDS changes this password every seven days .* replace the environments .*\.\n$/);
  expect(tableOf({ C: "prod/rds!x" }, stored)).not.toContain("RDS");
});

it("lines up its columns", () => {
  const [first = "", ...lines] = tableOf({ A: "a", A_LONG_NAME: "b" }, { a: "x", b: "y" }).trimEnd().split("\n");
  for (const line of lines) expect(line.indexOf("found")).toBe(first.indexOf("RESULT"));
});

it("writes what could break a line or steer a terminal as JSON does", () => {
  const table = tableOf({ A: { secret: "prod/db", key: "\u001b[2J\nB" } }, {});
  expect(table).toContain(String.raw`"prod/db:\u001b[2J\nB"`);
  expect(table.trimEnd().split("\n")).toHaveLength(2);
});
