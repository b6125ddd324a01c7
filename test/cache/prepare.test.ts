import { prepare } from "../../cache/prepare.ts";
import { lambdaEnv } from "../support/run.ts";

const { SECRETS: _, ...ENV } = lambdaEnv("http://127.0.0.1:1", {});

async function faultsOf(env: Record<string, string>) {
  const prepared = await prepare(env);
  return prepared.ok ? [] : prepared.error.map(({ subject, code, cause }) => `${subject} ${code}: ${cause}`);
}

it("is a cache on demand without SECRETS, with the way to the services all the same", async () => {
  expect(await prepare({ ...ENV, HTTPS_PROXY: "http://proxy:3128" })).toMatchObject({
    ok: true,
    value: { plan: [], settings: { proxyFor: expect.any(Function) } },
  });
  expect(await faultsOf({ ...ENV, AWS_CA_BUNDLE: "/none" })).toEqual([
    'AWS_CA_BUNDLE UnreadableFile: the file "/none" does not exist',
  ]);
});

it("looks for a relative SECRETS_FILE where the function's code is, of which Lambda tells extensions nothing", async () => {
  expect(await faultsOf({ ...ENV, SECRETS_FILE: "secrets.json" })).toEqual([
    'SECRETS_FILE UnreadableFile: the file "/var/task/secrets.json" does not exist',
  ]);
});

it("reports every fault of the configuration and the credentials", async () => {
  const { AWS_ACCESS_KEY_ID: _, ...env } = ENV;
  const found = await faultsOf({ ...env, SECRETS: '{"a-b": "x", "B": "y:::::"}', SECRETS_TTL: "soon" });
  expect(found.map((fault) => fault.split(":")[0])).toEqual([
    "SECRETS_TTL InvalidSetting",
    "a-b InvalidName",
    "B InvalidReference",
    "AWS_ACCESS_KEY_ID NoCredentials",
  ]);
});

it("minds no SnapStart: nothing is fetched before the first invocation", async () => {
  const env = { ...ENV, SECRETS: '{"A": "x"}', AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" };
  expect(await prepare(env)).toMatchObject({ ok: true, value: { plan: [{ entry: { subject: "A" } }] } });
});
