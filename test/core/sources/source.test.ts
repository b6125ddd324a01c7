import type { RequestListener } from "node:http";
import { json } from "node:stream/consumers";
import type { LocatedReference } from "../../../core/config/plan.ts";
import type { SecretReference } from "../../../core/config/reference.ts";
import { readSettings } from "../../../core/config/settings.ts";
import { failure, success } from "../../../core/fault/result.ts";
import { startDeadline } from "../../../core/host/deadline.ts";
import type { CredentialProvider } from "../../../core/sources/credentials.ts";
import { createSource } from "../../../core/sources/source.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { denied, startStore } from "../../support/store.ts";
import { expectProblem } from "../expect-problems.ts";
import { fetchOne } from "../plans.ts";
import { closedPort, closing, listen } from "../servers.ts";

const IDENTITY = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: CANARY, sessionToken: "token" };
const own: CredentialProvider = async () => success(IDENTITY);
const at = (id: string, rest: Partial<SecretReference & LocatedReference> = {}): LocatedReference => ({
  kind: "secret",
  id,
  region: "eu-west-1",
  ...rest,
});

function sourceAt(endpoint: string, { timeoutMs = 5000, credentials = own } = {}) {
  const { settings } = readSettings({ AWS_ENDPOINT_URL: endpoint });
  return fetchOne(createSource(settings, credentials), startDeadline(timeoutMs));
}

/** A server with the same answer to every request, and how often it gave it. */
async function answering(status: number, body: string | Uint8Array) {
  const count = { requests: 0 };
  const url = await listen((request, response) => {
    count.requests++;
    request.resume();
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(body);
  });
  return { url, count };
}

it("gets texts and bytes as they are", async () => {
  const text = "pä\n$(id)\r\n🔑 ";
  const { url } = closing(await startStore({ text, empty: "", bytes: new Uint8Array([0, 1, 255]) }));
  const source = sourceAt(url);
  expect(await source(at("text"))).toMatchObject({ name: "text", noun: "secret", kind: "text", text });
  expect(await source(at("empty"))).toMatchObject({ name: "empty", noun: "secret", kind: "text", text: "" });
  expect(await source(at("bytes"))).toMatchObject({ name: "bytes", noun: "secret", kind: "binary", base64: "AAH/" });
});

describe("a request", () => {
  async function requestsFor(...fetches: LocatedReference[]) {
    const got: { body: unknown; headers: Record<string, unknown> }[] = [];
    const listener: RequestListener = async (request, response) => {
      got.push({ body: await json(request), headers: request.headers });
      response.end('{"Name": "x", "SecretString": "v"}');
    };
    const source = sourceAt(await listen(listener));
    await Promise.all(fetches.map(source));
    return got;
  }

  it("asks for the version that is wanted, and for no other where none is", async () => {
    const got = await requestsFor(at("a"), at("b", { stage: "AWSPREVIOUS" }), at("c", { versionId: "4f3c" }));
    expect(got.map(({ body }) => body)).toEqual([
      { SecretId: "a" },
      { SecretId: "b", VersionStage: "AWSPREVIOUS" },
      { SecretId: "c", VersionId: "4f3c" },
    ]);
  });

  it("is signed for the secret's Region, with the function's credentials", async () => {
    const got = await requestsFor(at("a"), at("b", { region: "us-east-1" }));
    const scope = (region: string) => new RegExp(`Credential=AKIDEXAMPLE/\\d{8}/${region}/secretsmanager/aws4_request`);
    expect(got[0]?.headers.authorization).toMatch(scope("eu-west-1"));
    expect(got[1]?.headers.authorization).toMatch(scope("us-east-1"));
    expect(got[0]?.headers).toMatchObject({
      "x-amz-target": "secretsmanager.GetSecretValue",
      "x-amz-security-token": "token",
    });
  });

  it("never carries the secret access key", async () => {
    expectNoCanary(await requestsFor(at("a")));
  });
});

describe("credentials", () => {
  it("that are new are used from then on", async () => {
    const identities = ["AKIDFIRST", "AKIDFIRST", "AKIDSECOND"].map((accessKeyId) => ({ ...IDENTITY, accessKeyId }));
    const store = closing(await startStore({ a: "1" }));
    const source = sourceAt(store.url, { credentials: async () => success(identities.shift() ?? IDENTITY) });
    for (let call = 0; call < 3; call++) await source(at("a"));
    expect(store.callers.map(({ accessKeyId }) => accessKeyId)).toEqual(["AKIDFIRST", "AKIDFIRST", "AKIDSECOND"]);
  });

  it("that cannot be had are the cause, and nothing is asked for", async () => {
    const store = closing(await startStore({ a: "1" }));
    const problem = { code: "NoCredentials", cause: "none", remedy: "Sign in." };
    expect(await sourceAt(store.url, { credentials: async () => failure(problem) })(at("a"))).toEqual(problem);
    expect(store.asked).toEqual([]);
  });
});

describe("it says", () => {
  it("that a secret is not there, and in which Region", async () => {
    const { url } = closing(await startStore({}));
    const problem = await sourceAt(url)(at("prod/db"));
    expectProblem(problem, "SecretNotFound", /does not exist/, /eu-west-1/);
    expect(problem).toMatchObject({ missing: true, detail: expect.stringContaining("can't find") });
  });

  it("that access is denied, after one try", async () => {
    const store = closing(await startStore({ "prod/db": denied("prod/db") }));
    expectProblem(await sourceAt(store.url)(at("prod/db")), "AccessDenied", /denied/, /GetSecretValue on arn:aws/);
    expect(store.asked).toHaveLength(1);
  });

  it.each([
    [500, '{"__type": "InternalServiceError"}', "ServiceError"],
    [503, "", "ServiceError"],
    [503, "<html>Service Unavailable</html>", "InvalidAnswer"],
    [429, "{}", "Throttled"],
  ])("what the service failed with to the end, and how often it was tried (%i %s)", async (status, body, code) => {
    const { url, count } = await answering(status, body);
    const problem = await sourceAt(url, { timeoutMs: 1500 })(at("x"));
    expect(problem).toMatchObject({ code, ...(count.requests > 1 && { tries: count.requests }) });
    if (status !== 429) expect(count.requests).toBeGreaterThan(1);
  });

  it.each([
    `{"Name": "x", "SecretString": "${CANARY}`,
    `<html>${CANARY}</html>`,
    `{"Name": "x", "SecretString": {"k": "${CANARY}"}}`,
    `{"Name": "x", "SecretBinary": "${CANARY}!"}`,
    `["${CANARY}"]`,
    Buffer.from(`{"Name": "x", "SecretString": "${CANARY}\u00ff"}`, "latin1"),
    Buffer.concat([Buffer.from(`{"Name": "x", "SecretString": "${CANARY}`), Buffer.from([0xc3, 0x22, 0x7d])]),
    "null",
    "{}",
  ])("that the answer %s cannot be used, without quoting it", async (body) => {
    const problem = await sourceAt((await answering(200, body)).url)(at("x"));
    expectProblem(
      problem,
      "InvalidAnswer",
      /not a valid Secrets Manager response \(status 200\)|contains no value/,
      /AWS_ENDPOINT_URL/,
    );
    expectNoCanary(problem);
  });

  it.each([7, true, null, {}, ["x"], { message: "x" }])(
    "what failed, where the error's message is %j",
    async (message) => {
      for (const field of ["message", "Message"]) {
        const body = JSON.stringify({ __type: "AccessDeniedException", [field]: message });
        expectProblem(await sourceAt((await answering(400, body)).url)(at("x")), "AccessDenied", /denied/, /Allow/);
      }
    },
  );

  it("that the host refused or closed the connection, again and again", async () => {
    let tries = 0;
    const closes = await listen(({ socket }) => {
      tries++;
      socket.destroy();
    });
    const problem = await sourceAt(closes, { timeoutMs: 1500 })(at("x"));
    expectProblem(problem, "ConnectionClosed", /closed/, /proxy/);
    expect(problem).toMatchObject({ tries });
    const refused = await sourceAt(await closedPort(), { timeoutMs: 500 })(at("x"));
    expectProblem(refused, "ConnectionRefused", /refused/, /AWS_ENDPOINT_URL/);
  });

  it("that no answer came before the deadline, which no further try outlasts", async () => {
    const started = performance.now();
    const problem = await sourceAt(await listen(() => {}), { timeoutMs: 500 })(at("x"));
    expectProblem(problem, "Timeout", /did not respond within 0.5 s/, /Health Dashboard/);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

it("gets a secret although the first try failed", async () => {
  let tries = 0;
  const flaky: RequestListener = (request, response) => {
    request.resume();
    response.writeHead(++tries === 1 ? 500 : 200).end('{"Name": "x", "SecretString": "v"}');
  };
  expect(await sourceAt(await listen(flaky))(at("x"))).toMatchObject({ text: "v" });
});
