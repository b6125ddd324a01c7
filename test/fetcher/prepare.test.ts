import type { Env } from "../../core/host/env.ts";
import { buildCommand } from "../../fetcher/command.ts";
import { prepareCheck, prepareStart } from "../../fetcher/prepare.ts";
import { expectFaults } from "../core/expect-problems.ts";
import { ARN } from "../core/plans.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { lambdaEnv } from "../support/run.ts";

const RUNTIME = [process.execPath, "index.js"];
const SELF = "/opt/wrapper";
const lambda = (secrets: unknown): Env => lambdaEnv("http://127.0.0.1:1", secrets);

async function faultsOf(env: Env, runtime = RUNTIME) {
  const result = await prepareStart(env, buildCommand(runtime, env, SELF));
  if (result.ok) throw new Error("prepared");
  return result.error;
}

async function prepared(env: Env) {
  const result = await prepareStart(env, buildCommand(RUNTIME, env, SELF));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

it("has settings, calls, credentials and the runtime's command", async () => {
  const { settings, plan, credentials, command } = await prepared(lambda({ A: "prod/db:a", B: ARN }));
  expect(settings).toMatchObject({
    timeoutMs: 5000,
    region: "eu-west-1",
    endpoints: { secretsmanager: "http://127.0.0.1:1" },
  });
  expect(plan.map(({ entry, request }) => [entry.subject, request.id, request.region])).toEqual([
    ["A", "prod/db", "eu-west-1"],
    ["B", ARN, "eu-central-1"],
  ]);
  expect(command).toEqual({ file: process.execPath, argv: RUNTIME });
  expect(await credentials({ totalMs: 1, remainingMs: () => 1 })).toMatchObject({
    value: { sessionToken: "session-token" },
  });
});

it.each(["{}", "[]"])("needs neither credentials nor a Region for %s, nor minds SnapStart", async (secrets) => {
  const env = { SECRETS: secrets, AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" };
  expect(await prepared(env)).toMatchObject({ plan: [], command: { argv: RUNTIME } });
});

it("does not take a function without SECRETS for one that needs none", async () => {
  const { SECRETS, ...env } = lambda({});
  expectFaults(await faultsOf(env), [
    "SECRETS",
    "NoSecrets",
    /neither SECRETS nor SECRETS_FILE/,
    /DB_PASSWORD.*\{\} for no secrets.*SECRETS_FILE/,
  ]);
  expectFaults(await faultsOf({ ...env, SECRETS: "" }), ["SECRETS", "InvalidJson", /empty/, /\{\} for no secrets/]);
});

it("reports what is wrong in every stage at once", async () => {
  const env = {
    SECRETS: '{"a-b": "x", "OK": "prod/db", "NO": {"secret": "x", "format": "f"}, "OK": "y"}',
    SECRETS_TIMEOUT: "soon",
    SECRETS_NEXT_WRAPPER: "/no/such/wrapper",
  };
  expect((await faultsOf(env)).map(({ subject, code }) => `${subject} ${code}`)).toEqual([
    "SECRETS_TIMEOUT InvalidSetting",
    "a-b InvalidName",
    "NO InvalidOption",
    "OK DuplicateEntry",
    "OK NoRegion",
    "OK NoRegion",
    "SECRETS_NEXT_WRAPPER InvalidSetting",
    "AWS_ACCESS_KEY_ID NoCredentials",
  ]);
});

it("refuses to freeze secrets into a snapshot", async () => {
  const env = { ...lambda({ A: "x" }), AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" };
  expect(await faultsOf(env)).toMatchObject([{ code: "SnapStart" }]);
  expect(await faultsOf({ ...env, SECRETS: "[" })).toMatchObject([{ code: "InvalidJson" }, { code: "SnapStart" }]);
});

it("reports that there are no credentials, or nothing to start", async () => {
  expect(await faultsOf({ ...lambda({ A: "x" }), AWS_SECRET_ACCESS_KEY: "" })).toMatchObject([
    { code: "NoCredentials" },
  ]);
  expect(await faultsOf(lambda({ A: "x" }), [])).toMatchObject([{ code: "ProgramNotFound" }]);
  expect(await faultsOf({ ...lambda({}), PATH: "" }, ["node"])).toMatchObject([
    { subject: "node", code: "ProgramNotFound" },
  ]);
});

it("quotes neither credentials nor defaults in a fault", async () => {
  const secrets = { A: { secret: "x:k", key: "l", default: CANARY }, "*": { secret: "x", default: CANARY } };
  const env = { ...lambda(secrets), AWS_SECRET_ACCESS_KEY: CANARY, AWS_SESSION_TOKEN: CANARY, SECRETS_TIMEOUT: "x" };
  const faults = await faultsOf(env);
  expect(faults).toHaveLength(3);
  expectNoCanary(faults);
});

it("needs no runtime for a check", async () => {
  expect(await prepareCheck(lambda({ A: "x" }))).toMatchObject({
    ok: true,
    value: { plan: [{ request: { id: "x" } }] },
  });
  expect(await prepareCheck({ ...lambda({ A: "x" }), AWS_SECRET_ACCESS_KEY: "" })).toMatchObject({
    ok: false,
    error: [{ code: "NoCredentials" }],
  });
});
