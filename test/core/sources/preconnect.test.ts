import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import fc from "fast-check";
import { PARAMETER_STORE, SECRETS_MANAGER } from "../../../core/config/service.ts";
import { readSettings } from "../../../core/config/settings.ts";
import type { Preconnect } from "../../../core/host/engine-api.ts";
import { endpointUrl, preconnectFor } from "../../../core/sources/preconnect.ts";
import { clientConfig } from "../../../core/sources/sdk/client-config.ts";
import { planOf } from "../plans.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "x" };
const deadline = { totalMs: 5000, remainingMs: () => 4000 };

/** What the engine would be told to open. */
function opened(secrets: unknown, env: Record<string, string> = {}, proxyFor?: () => object): Preconnect[] {
  const all: Preconnect[] = [];
  globalThis.preconnect = (options) => all.push(options);
  const { settings } = readSettings({ AWS_REGION: "eu-west-1", ...env });
  preconnectFor(planOf(secrets), { ...settings, ...(proxyFor && { proxyFor }) } as typeof settings, deadline);
  return all;
}

const URL = "https://secretsmanager.eu-west-1.amazonaws.com";

it("opens one for each call, at the endpoint of each service and Region", () => {
  const secrets = {
    A: "prod/a",
    B: "prod/a:key",
    C: "prod/c",
    D: "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/d-AbCdEf",
    ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`P${index}`, `ssm:/prod/${index}`])),
    "*": "ssm:/prod/app/",
  };
  expect(opened(secrets).map(({ url, connections }) => [url, connections])).toEqual([
    [URL, 2],
    ["https://secretsmanager.us-east-1.amazonaws.com", 1],
    ["https://ssm.eu-west-1.amazonaws.com", 3],
  ]);
});

it("goes the way of the calls: their endpoint, CA, proxy and time", () => {
  const endpoint = { AWS_ENDPOINT_URL_SECRETS_MANAGER: "https://vpce.example:8443" };
  expect(opened({ A: "a" }, endpoint)).toEqual([{ url: "https://vpce.example:8443", connections: 1, timeoutMs: 4000 }]);
  const proxy = { url: "http://proxy.example:3128" };
  expect(opened({ A: "a" }, {}, () => ({ variable: "HTTPS_PROXY", proxy }))).toEqual([
    { url: URL, connections: 1, timeoutMs: 4000, proxy },
  ]);
  expect(opened({ A: "a" }, {}, () => ({ variable: "HTTPS_PROXY" }))).toEqual([]);
});

it.each<[string, string, Record<string, string>]>([
  ["another partition", "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a-AbCdEf", {}],
  ["GovCloud", "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:a-AbCdEf", {}],
  ["endpoints of both families", "a", { AWS_USE_DUALSTACK_ENDPOINT: "true" }],
])("opens none where only the SDK's tables tell the endpoint: %s", (_, secret, env) => {
  expect(opened({ A: secret }, env)).toEqual([]);
});

it.each([
  [SECRETS_MANAGER, SecretsManagerClient],
  [PARAMETER_STORE, SSMClient],
])("knows no endpoint that the SDK would not call: %j", (service, Client) => {
  const region = fc.oneof(
    fc.constantFrom("eu-west-1", "us-east-1", "ap-southeast-7", "mx-central-1", "us-iso-east-1", "eusc-de-east-1"),
    fc.stringMatching(/^[a-z]{2,4}(-[a-z]{1,9}){1,2}-\d$/),
  );
  const property = fc.property(region, fc.boolean(), fc.boolean(), (region, UseFIPS, UseDualStack) => {
    const { settings } = readSettings({
      AWS_USE_FIPS_ENDPOINT: String(UseFIPS),
      AWS_USE_DUALSTACK_ENDPOINT: String(UseDualStack),
    });
    const url = endpointUrl(service, region, settings);
    if (!url) return;
    const { config } = new Client(clientConfig(service, region, { settings, credentials }));
    expect(`${url}/`).toBe(config.endpointProvider({ Region: region, UseFIPS, UseDualStack }).url.href);
  });
  fc.assert(property, { numRuns: 300 });
});
