import type { IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import type { FaultReport } from "../../core/fault/fault.ts";
import { postInitError } from "../../fetcher/init-error.ts";
import { ARN } from "../core/plans.ts";
import { closedPort, listen } from "../core/servers.ts";

const fault = { subject: "A", secret: ARN, code: "AccessDenied", cause: "access is denied", remedy: "Allow it." };
const error: FaultReport = { type: "Runtime.SecretsUnavailable", faults: [fault] };
const host = (url: string) => new URL(url).host;

it("tells Lambda type and causes where the runtime itself would, and no ARN", async () => {
  const got: { path?: string; headers?: IncomingHttpHeaders; body?: string } = {};
  const api = await listen(async (request, response) => {
    Object.assign(got, { path: `${request.method} ${request.url}`, headers: request.headers });
    got.body = await text(request);
    response.writeHead(202).end('{"status":"OK"}');
  });
  await postInitError(host(api), error);
  expect(got.path).toBe("POST /2018-06-01/runtime/init/error");
  expect(got.headers).toMatchObject({ "lambda-runtime-function-error-type": "Runtime.SecretsUnavailable" });
  expect(JSON.parse(got.body ?? "")).toEqual({
    errorType: "Runtime.SecretsUnavailable",
    errorMessage: "The function was not started. A: access is denied.",
    stackTrace: [],
  });
  expect(got.body).not.toContain("arn:");
});

it("does not fail where Lambda refuses it, does not listen, or has no such address", async () => {
  const refusing = await listen((_, response) => response.writeHead(403).end());
  for (const api of [host(refusing), host(await closedPort()), "not an address"]) {
    await expect(postInitError(api, error)).resolves.toBeUndefined();
  }
});

it("does not wait long for Lambda's answer", async () => {
  const silent = await listen(() => {});
  const started = performance.now();
  await expect(postInitError(host(silent), error)).resolves.toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
});
