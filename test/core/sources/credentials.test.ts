import type { RequestListener } from "node:http";
import { startDeadline } from "../../../core/host/deadline.ts";
import type { Env } from "../../../core/host/env.ts";
import { type CredentialProvider, findCredentials } from "../../../core/sources/credentials.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { expectFaults, expectProblem } from "../expect-problems.ts";
import { closedPort, listen } from "../servers.ts";
import { unwrap } from "../unwrap.ts";

function sourceOf(env: Env): CredentialProvider {
  const found = findCredentials(env);
  if (!found.ok) throw new Error(found.error[0]?.cause);
  return async (deadline) => unwrap(await found.value(deadline)) as never;
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
      const fault = found.ok ? [] : found.error;
      expectFaults(fault, ["AWS_ACCESS_KEY_ID", "NoCredentials", /no AWS credentials/, /AWS_SESSION_TOKEN.*role/]);
      expectNoCanary(fault);
    },
  );
});

describe("credentials from SnapStart's endpoint", () => {
  const answer = { AccessKeyId: "AKIA", SecretAccessKey: "secret", Token: "token", Expiration: "2030-01-01T00:00:00Z" };

  const FETCHED = { ...IDENTITY, sessionToken: "token", expiration: new Date(answer.Expiration) };

  /** An endpoint whose credentials end after these times, and how often it was asked. */
  async function expiring(...seconds: number[]) {
    const count = { requests: 0 };
    const url = await listen((_, response) => {
      const Expiration = new Date(Date.now() + (seconds[count.requests++] ?? 0) * 1000).toISOString();
      response.end(JSON.stringify({ ...answer, Expiration }));
    });
    return { count, provider: sourceOf({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url }) };
  }

  it("are asked for once by many calls at the same time, and by later ones while they are valid", async () => {
    const { count, provider } = await expiring(3600);
    const all = await Promise.all(Array.from({ length: 20 }, () => provider(startDeadline(5000))));
    expect(new Set([...all, await provider(startDeadline(5000))]).size).toBe(1);
    expect(count.requests).toBe(1);
  });

  it("are asked for again, once, when they are about to expire", async () => {
    const { count, provider } = await expiring(60, 3600);
    const first = await provider(startDeadline(5000));
    const later = await Promise.all(Array.from({ length: 20 }, () => provider(startDeadline(5000))));
    expect(new Set(later).size).toBe(1);
    expect(later[0]).not.toEqual(first);
    expect(count.requests).toBe(2);
  });

  it("are asked for with the token that Lambda gives", async () => {
    const endpoint: RequestListener = ({ method, headers: { authorization } }, response) => {
      response.writeHead(method === "GET" && authorization === "uuid" ? 200 : 404).end(JSON.stringify(answer));
    };
    const AWS_CONTAINER_CREDENTIALS_FULL_URI = await listen(endpoint);
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_AUTHORIZATION_TOKEN: "uuid" };
    expect(await sourceOf(env)(startDeadline(5000))).toEqual(FETCHED);
    expectProblem(
      await fromEndpoint(AWS_CONTAINER_CREDENTIALS_FULL_URI),
      "NoCredentials",
      /AWS_CONTAINER_CREDENTIALS_FULL_URI: the response has status 404/,
      /do not override/,
    );
  });

  it.each([
    [200, `{"AccessKeyId": "AKIA", "SecretAccessKey": "${CANARY}`, /cannot be read/],
    [200, CANARY, /cannot be read/],
    [200, "null", /cannot be read/],
    [200, `{"SecretAccessKey": "${CANARY}"}`, /contains no credentials/],
    [200, `{"AccessKeyId": "${CANARY}"}`, /contains no credentials/],
    [403, CANARY, /status 403/],
    [200, JSON.stringify({ ...answer, SecretAccessKey: 7 }), /contains no credentials/],
    [200, JSON.stringify({ ...answer, Token: `${CANARY}\n` }), /contains no credentials/],
  ])("are not there in the answer %i %s, none of which is quoted", async (status, body, cause) => {
    const found = await fromEndpoint(await listen((_, response) => response.writeHead(status).end(body)));
    expectProblem(found, "NoCredentials", cause, /AWS_CONTAINER_CREDENTIALS_FULL_URI/);
    expectNoCanary(found);
  });

  it("are not there where nothing listens, or nothing answers before the deadline", async () => {
    expectProblem(await fromEndpoint(await closedPort(), 300), "NoCredentials", /ECONNREFUSED/, /do not override/);
    expectProblem(await fromEndpoint(await listen(() => {}), 50), "NoCredentials", /ETIMEDOUT/, /do not override/);
  });

  it.each([500, 429])("are asked for again after status %i, as often as it says", async (status) => {
    let requests = 0;
    const flaky: RequestListener = (_, response) =>
      response.writeHead(++requests < 3 ? status : 200).end(JSON.stringify(answer));
    expect(await fromEndpoint(await listen(flaky), 20_000)).toEqual(FETCHED);
    expect(requests).toBe(3);

    const failing = await listen((_, response) => {
      requests++;
      response.writeHead(status).end(CANARY);
    });
    requests = 0;
    const cause = await fromEndpoint(failing, 1500);
    expectProblem(cause, "NoCredentials", new RegExp(`status ${status}`), /do not override/);
    expect(cause).toMatchObject(requests > 1 ? { tries: requests } : {});
    expectNoCanary(cause);
  });

  it.each([
    "http://127.1.2.3:9001/credentials",
    "http://localhost/credentials",
    "http://[::1]:80/credentials",
    "http://169.254.170.2/v2/credentials",
    "http://169.254.170.23/v1/credentials",
    "http://[fd00:ec2::23]/v1/credentials",
    "https://example.com/credentials",
    "http://169.254.100.1:9001/credentials",
  ])("may come from %s", (AWS_CONTAINER_CREDENTIALS_FULL_URI) => {
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_LAMBDA_RUNTIME_API: "169.254.100.1:9001" };
    expect(findCredentials(env)).toMatchObject({ ok: true });
  });

  it.each([
    "not an address",
    "http://example.com/credentials",
    "http://127.0.0.1.example.com/",
    "http://127.0.0.1@example.com/",
    "http://localhost.example.com/",
    "http://169.254.169.254/credentials",
    "http://169.254.100.1:9001/credentials",
    "http://[fd00:ec2::24]/",
    "file:///etc/passwd",
  ])("are never asked for at %s", (AWS_CONTAINER_CREDENTIALS_FULL_URI) => {
    const found = findCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI });
    expectFaults(found.ok ? [] : found.error, [
      "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "InvalidSetting",
      /https URL.*loopback, ECS or EKS/,
      /SnapStart/,
    ]);
  });
});

it("a credential that no header can carry is a fault that names its variable, and is not quoted", () => {
  const env = { ...KEYS, AWS_SESSION_TOKEN: "token", AWS_CONTAINER_AUTHORIZATION_TOKEN: "uuid" };
  for (const name of Object.keys(env)) {
    for (const value of [`${CANARY}\n`, ` ${CANARY}`, `${CANARY}\r\nx-other: 1`, `${CANARY}é`, `${CANARY}\0`]) {
      const found = findCredentials({ ...env, [name]: value });
      const faults = found.ok ? [] : found.error;
      expectFaults(faults, [
        name,
        "InvalidCredentials",
        /a character that is not valid in credentials/,
        /do not override/,
      ]);
      expectNoCanary(faults);
    }
  }
});
