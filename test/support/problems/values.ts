import { planRequests } from "../../../core/config/plan.ts";
import type { Fault } from "../../../core/fault/fault.ts";
import { success } from "../../../core/fault/result.ts";
import { type Deadline, startDeadline } from "../../../core/host/deadline.ts";
import type { Fetched, StoredValue } from "../../../core/sources/decode.ts";
import { readValues } from "../../../core/values/read-values.ts";
import { buildEnvironment } from "../../../core/values/variables.ts";
import { parseSecrets } from "../../core/parse-secrets.ts";

/** What is wrong with what was fetched. */
export function faultsOfValues(): Fault[] {
  const inTime = CASES.flatMap(([secrets, fetched]) => faultsOf(secrets, fetched));
  return [...inTime, ...faultsOf({ DB_PASSWORD: "prod/db" }, ofText("x"), startDeadline(0))];
}

function faultsOf(secrets: unknown, fetched?: Fetched, deadline?: Deadline): Fault[] {
  const { plan } = planRequests(parseSecrets(JSON.stringify(secrets)).entries, "eu-west-1");
  const outcomes = new Map(fetched ? plan.map(({ request }) => [request.key, success(fetched)]) : []);
  return buildEnvironment(readValues(plan, outcomes, {}, deadline)).faults;
}

function ofText(text: string, name = "prod/db"): StoredValue {
  return { name, noun: "secret", kind: "text", text };
}

const BINARY: StoredValue = { name: "prod/db", noun: "secret", kind: "binary", base64: "/w==" };
const OBJECT = ofText('{"PATH":"","password":null}');
const NESTED = ofText(`{"password":${"[".repeat(500)}}`);
const PARAMETERS: Fetched = {
  kind: "parameters",
  values: [
    ["log-level", "x"],
    ["log.level", "x"],
  ],
};

const CASES: [unknown, Fetched?][] = [
  ...[ofText("x"), ofText("[]"), NESTED, BINARY, OBJECT].map((fetched): [unknown, Fetched] => [
    { DB_PASSWORD: "prod/db:password" },
    fetched,
  ]),
  [{ DB_PASSWORD: "prod/db:pasword" }, ofText('{"host":"db","user":"ann","password":"x"}')],
  [{ DB_PASSWORD: { secret: "prod/db", encoding: "utf8" } }, BINARY],
  [["prod/db", "prod/db"], ofText("x")],
  [["prod/path"], ofText("x", "prod/path")],
  [{ "APP_*": "ssm:/app/" }, PARAMETERS],
  ...["\0", "\ud800", "x".repeat(200_000)].map((value): [unknown, Fetched] => [
    { DB_PASSWORD: "prod/db" },
    ofText(value),
  ]),
  [{ DB_PASSWORD: "prod/db" }],
];
