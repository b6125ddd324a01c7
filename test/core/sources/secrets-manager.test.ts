import { json } from "node:stream/consumers";
import type { SecretReference } from "../../../core/config/reference.ts";
import { readSettings } from "../../../core/config/settings.ts";
import { startDeadline } from "../../../core/host/deadline.ts";
import { secretsManager } from "../../../core/sources/secrets-manager.ts";
import { listen } from "../servers.ts";

it.each<[SecretReference, object]>([
  [{ kind: "secret", id: "prod/db" }, { SecretId: "prod/db" }],
  [
    { kind: "secret", id: "prod/db", stage: "AWSPREVIOUS" },
    { SecretId: "prod/db", VersionStage: "AWSPREVIOUS" },
  ],
  [
    { kind: "secret", id: "prod/db", versionId: "4f3c" },
    { SecretId: "prod/db", VersionId: "4f3c" },
  ],
])("%j is one call, for exactly this version", async (reference, asked) => {
  const calls: unknown[] = [];
  const endpoint = await listen(async (request, response) => {
    calls.push(await json(request));
    response.end('{"Name": "prod/db", "SecretString": "x", "VersionId": "4f3c"}');
  });
  const { settings } = readSettings({ AWS_ENDPOINT_URL: endpoint });
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "x" };
  const client = secretsManager("eu-west-1", { settings, credentials });
  const request = { ...reference, region: "eu-west-1", key: "" };
  const results = await client([request], { deadline: startDeadline(5000), retry: (call) => call() });
  expect(calls).toEqual([asked]);
  expect(results).toMatchObject([{ ok: true, value: { kind: "text", text: "x", version: "4f3c" } }]);
});
