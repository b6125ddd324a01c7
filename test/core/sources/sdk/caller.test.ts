import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SECRETS_MANAGER } from "../../../../core/config/service.ts";
import { readSettings } from "../../../../core/config/settings.ts";
import { type Deadline, startDeadline } from "../../../../core/host/deadline.ts";
import { caller } from "../../../../core/sources/sdk/caller.ts";
import { clientConfig } from "../../../../core/sources/sdk/client-config.ts";
import { listen } from "../../servers.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "x" };

function getSecretValue(endpoint: string) {
  const settings = readSettings({ AWS_ENDPOINT_URL: endpoint });
  return caller(
    new SecretsManagerClient(clientConfig(SECRETS_MANAGER, "eu-west-1", { ...settings, credentials })),
    GetSecretValueCommand,
  );
}

it("gives each of many calls at a time the answer to its own input", async () => {
  const call = getSecretValue(
    await listen(async (request, response) => {
      const { SecretId } = (await json(request)) as { SecretId: string };
      await sleep(Math.random() * 20);
      response.end(JSON.stringify({ Name: SecretId, SecretString: `value of ${SecretId}` }));
    }),
  );
  const deadlines = [startDeadline(60_000), startDeadline(60_000)];
  const ids = Array.from({ length: 40 }, (_, index) => `prod/${index}`);
  const answers = await Promise.all(ids.map((SecretId, index) => call({ SecretId }, deadlines[index % 2] as Deadline)));
  expect(answers.map(({ SecretString }) => SecretString)).toEqual(ids.map((id) => `value of ${id}`));
});

it("gives a request the time that is left when it is sent", async () => {
  let leftMs = 60_000;
  const call = getSecretValue(await listen(() => {}))(
    { SecretId: "prod/db" },
    { totalMs: 60_000, remainingMs: () => leftMs },
  );
  leftMs = 100;
  await expect(call).rejects.toMatchObject({ code: "ETIMEDOUT", phase: "response" });
});

it("gives each call the time of its own deadline", async () => {
  const call = getSecretValue(await listen(() => {}));
  const patient = call({ SecretId: "a" }, { totalMs: 1500, remainingMs: () => 1500 });
  const short = call({ SecretId: "b" }, { totalMs: 100, remainingMs: () => 100 });
  const first = await Promise.race([patient.catch(() => "patient"), short.catch(() => "short")]);
  expect(first).toBe("short");
  await expect(patient).rejects.toMatchObject({ code: "ETIMEDOUT" });
});
