import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SECRETS_MANAGER } from "../../../../core/config/service.ts";
import { readSettings } from "../../../../core/config/settings.ts";
import type { Env } from "../../../../core/host/env.ts";
import { VERSION } from "../../../../core/host/version.ts";
import { clientConfig } from "../../../../core/sources/sdk/client-config.ts";
import { listen } from "../../servers.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "x" };
const command = new GetSecretValueCommand({ SecretId: "prod/db" });
const options = { requestTimeout: 5000 };

function client(env: Env) {
  return new SecretsManagerClient(clientConfig(SECRETS_MANAGER, "eu-west-1", { ...readSettings(env), credentials }));
}

it("calls the endpoint of the settings, and says who calls", async () => {
  let userAgent: string | undefined;
  const url = await listen((request, response) => {
    userAgent = request.headers["user-agent"];
    response.end('{"Name": "prod/db", "SecretString": "x"}');
  });
  expect(await client({ AWS_ENDPOINT_URL: url }).send(command, options)).toMatchObject({ SecretString: "x" });
  expect(userAgent).toContain(`secrets-wrapper/${VERSION}`);
});

it("leaves repeating a call to its caller", async () => {
  let calls = 0;
  const url = await listen((_, response) => {
    calls++;
    response.writeHead(500).end();
  });
  await expect(client({ AWS_ENDPOINT_URL: url }).send(command, options)).rejects.toThrow();
  expect(calls).toBe(1);
});

it.each([
  [{}, "secretsmanager.eu-west-1.amazonaws.com"],
  [{ AWS_USE_FIPS_ENDPOINT: "true" }, "secretsmanager-fips.eu-west-1.amazonaws.com"],
])("asks AWS's own endpoint where none is set: %j", async (env, host) => {
  const { config } = client(env);
  const { url } = config.endpointProvider({
    Region: await config.region(),
    UseFIPS: await config.useFipsEndpoint(),
    UseDualStack: await config.useDualstackEndpoint(),
  });
  expect(url.hostname).toBe(host);
});
