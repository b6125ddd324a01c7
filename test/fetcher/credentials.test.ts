import type { RequestListener } from "node:http";
import { type CredentialSource, findCredentials } from "../../fetcher/credentials.ts";
import { startDeadline } from "../../fetcher/deadline.ts";
import type { Env } from "../../fetcher/settings.ts";
import { CANARY, expectCause, expectFaults } from "./given.ts";
import { closedPort, listen } from "./servers.ts";

function sourceOf(env: Env): CredentialSource {
  const found = findCredentials(env);
  if ("fault" in found) throw new Error(found.fault.cause);
  return found.source;
}

const fromEndpoint = (url: string, timeoutMs = 5000) =>
  sourceOf({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url })(startDeadline(timeoutMs));

const KEYS = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };
const IDENTITY = { accessKeyId: "AKIA", secretAccessKey: "secret" };

describe("credentials in the environment", () => {
  it("are taken with the session's token", async () => {
    const source = sourceOf({ ...KEYS, AWS_SESSION_TOKEN: "token" });
    expect(await source(startDeadline(1))).toEqual({ ...IDENTITY, sessionToken: "token" });
  });

  it.each([undefined, ""])("need no token: %j", async (AWS_SESSION_TOKEN) => {
    expect(await sourceOf({ ...KEYS, AWS_SESSION_TOKEN })(startDeadline(1))).toEqual(IDENTITY);
  });

  it("go before an endpoint", async () => {
    const source = sourceOf({ ...KEYS, AWS_CONTAINER_CREDENTIALS_FULL_URI: await closedPort() });
    expect(await source(startDeadline(1))).toEqual(IDENTITY);
  });

  it.each([{}, { AWS_ACCESS_KEY_ID: CANARY }, { AWS_SECRET_ACCESS_KEY: CANARY }])(
    "that are not whole are a fault",
    (env) => {
      const found = findCredentials(env);
      const fault = "fault" in found ? [found.fault] : [];
      expectFaults(fault, ["AWS_ACCESS_KEY_ID", "NoCredentials", /no AWS credentials/, /AWS_SESSION_TOKEN.*role/]);
      expect(JSON.stringify(fault)).not.toContain(CANARY);
    },
  );
});

describe("credentials from SnapStart's endpoint", () => {
  const answer = { AccessKeyId: "AKIA", SecretAccessKey: "secret", Token: "token", Expiration: "2030-01-01T00:00:00Z" };

  it("are asked for with the token that Lambda gives", async () => {
    const endpoint: RequestListener = ({ method, headers: { authorization } }, response) => {
      response.writeHead(method === "GET" && authorization === "uuid" ? 200 : 404).end(JSON.stringify(answer));
    };
    const AWS_CONTAINER_CREDENTIALS_FULL_URI = await listen(endpoint);
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_AUTHORIZATION_TOKEN: "uuid" };
    expect(await sourceOf(env)(startDeadline(5000))).toEqual({ ...IDENTITY, sessionToken: "token" });
    expectCause(
      await fromEndpoint(AWS_CONTAINER_CREDENTIALS_FULL_URI),
      "NoCredentials",
      /endpoint: it answered with status 404/,
      /do not override/,
    );
  });

  it.each([
    [200, `{"AccessKeyId": "AKIA", "SecretAccessKey": "${CANARY}`, /cannot be read/],
    [200, CANARY, /cannot be read/],
    [200, "null", /cannot be read/],
    [200, `{"SecretAccessKey": "${CANARY}"}`, /holds no credentials/],
    [200, `{"AccessKeyId": "${CANARY}"}`, /holds no credentials/],
    [403, CANARY, /status 403/],
    [500, JSON.stringify({ ...answer, SecretAccessKey: CANARY }), /status 500/],
  ])("are not there in the answer %i %s, none of which is quoted", async (status, body, cause) => {
    const found = await fromEndpoint(await listen((_, response) => response.writeHead(status).end(body)));
    expectCause(found, "NoCredentials", cause, /AWS_CONTAINER_CREDENTIALS_FULL_URI/);
    expect(JSON.stringify(found)).not.toContain(CANARY);
  });

  it("are not there where nothing listens, or nothing answers before the deadline", async () => {
    expectCause(await fromEndpoint(await closedPort()), "NoCredentials", /ECONNREFUSED/, /do not override/);
    expectCause(await fromEndpoint(await listen(() => {}), 50), "NoCredentials", /ETIMEDOUT/, /do not override/);
    expectCause(await fromEndpoint("not an address"), "NoCredentials", /endpoint/, /do not override/);
  });
});
