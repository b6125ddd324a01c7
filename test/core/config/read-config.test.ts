import { readConfig } from "../../../core/config/read-config.ts";

const REGION = { AWS_REGION: "eu-west-1" };

it("gives the settings and a request for each secret", async () => {
  const env = { ...REGION, SECRETS: '{"A": "prod/db:a", "B": "prod/db:b"}', SECRETS_TIMEOUT: "2" };
  const config = await readConfig(env);
  expect(config).toMatchObject({
    ok: true,
    value: { settings: { timeoutMs: 2000 }, plan: [{ request: { id: "prod/db" } }, { request: { id: "prod/db" } }] },
  });
});

it("reports every fault of settings, entries, files and certificates at once", async () => {
  const file = { secret: "prod/tls", file: "tls" };
  const config = await readConfig({
    SECRETS: JSON.stringify({ A: "prod/db::::", B: file, C: file, D: "prod/db" }),
    SECRETS_TIMEOUT: "soon",
    AWS_CA_BUNDLE: "/none",
  });
  const { error } = config as Extract<typeof config, { ok: false }>;
  expect(error.map(({ subject, code }) => `${subject} ${code}`).sort()).toEqual([
    "A InvalidReference",
    "AWS_CA_BUNDLE UnreadableFile",
    "B NoRegion",
    "C DuplicateEntry",
    "C NoRegion",
    "D NoRegion",
    "SECRETS_TIMEOUT InvalidSetting",
  ]);
});

it("does not ask for certificates where there is nothing to fetch", async () => {
  expect(await readConfig({ SECRETS: "{}", AWS_CA_BUNDLE: "/none" })).toMatchObject({ ok: true, value: { plan: [] } });
});

it("finds the proxy of a URL where the environment names one", async () => {
  const env = { ...REGION, SECRETS: '{"A": "prod/db"}' };
  const direct = await readConfig(env);
  expect(direct.ok && direct.value.settings).not.toHaveProperty("proxyFor");
  const behind = await readConfig({ ...env, HTTPS_PROXY: "proxy.test:3128", NO_PROXY: "direct.test" });
  const { proxyFor } = behind.ok ? behind.value.settings : {};
  expect(proxyFor?.("https://service.test/")).toMatchObject({ variable: "HTTPS_PROXY" });
  expect(proxyFor?.("https://direct.test/")).toBeUndefined();
});
