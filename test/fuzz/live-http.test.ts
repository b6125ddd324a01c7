import { connect } from "node:net";
import * as fc from "fast-check";
import { CANARY } from "../support/canary.ts";
import { type Live, startLive, TOKEN } from "../support/live.ts";
import { type Store, startStore } from "../support/store.ts";
import { LIVE_LAYERS } from "../support/trees.ts";
import { runs } from "./runs.ts";

// Whatever is sent to the cache's port: never a value without the token, never the end of the process.

jest.setTimeout(600_000);

const PER_CONNECTION = 4;

/** Mostly as it should be, so that a request comes as far as what is odd in it. */
const mostly = <T>(usual: T, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });

const method = fc.oneof(
  fc.constantFrom("GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "TRACE", "get", "", "G T", "X".repeat(2000)),
  fc.string({ maxLength: 10 }),
);
const target = fc.oneof(
  fc.constantFrom(
    "/secrets/A",
    "/secrets",
    "/secrets/B",
    "/secrets/%41",
    "//secrets/A",
    "/secrets/../secrets/A",
    "/secrets/A?versionStage=AWSPREVIOUS",
    "http://localhost/secrets/A",
    "http://169.254.169.254/secrets/A",
    "/outcomes",
    "/health",
    "/refresh",
    "/secretsmanager/get?secretId=x",
    "/systemsmanager/parameters/get?name=x",
    "*",
    "",
    "/%",
    "/secrets/%00",
    `/secrets/${"a".repeat(20_000)}`,
  ),
  fc.webPath(),
  fc.string({ maxLength: 30 }),
);
const version = fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "", "http/1.1");
const host = fc.constantFrom(
  "Host: localhost",
  "Host: 127.0.0.1:2773",
  "Host: evil.example",
  "host:localhost",
  "Host:",
);
const wrongToken = fc.oneof(
  fc.constant(""),
  fc.constantFrom(
    "X-Aws-Parameters-Secrets-Token:",
    "X-Aws-Parameters-Secrets-Token: other",
    `X-Aws-Parameters-Secrets-Token: ${TOKEN}x`,
    `X-Aws-Parameters-Secrets-Token: ${TOKEN}, ${TOKEN}`,
    `X-Aws-Parameters-Secrets-Token : ${TOKEN}`,
    `X_Aws_Parameters_Secrets_Token: ${TOKEN}`,
    `X-Vault-Token: ${TOKEN}`,
    `Authorization: ${TOKEN}`,
    `Cookie: X-Aws-Parameters-Secrets-Token=${TOKEN}`,
  ),
);
const header = fc.oneof(
  fc.constantFrom(
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 5, 6",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding : chunked",
    "Expect: 100-continue",
    "Upgrade: websocket",
    "Connection: upgrade, close",
    "X-Forwarded-For: 127.0.0.1",
    " folded",
    ": none",
    "no colon",
    `X: ${"y".repeat(9000)}`,
  ),
  fc.tuple(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 })).map((pair) => pair.join(": ")),
);
const end = fc.constantFrom("\r\n", "\r\n", "\r\n", "\n", "\r");
const body = fc.oneof(fc.constant(""), fc.constantFrom("hello", "0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n"), fc.string());

const request = fc
  .tuple(
    mostly("GET", method),
    target,
    mostly("HTTP/1.1", version),
    mostly("Host: localhost", host),
    wrongToken,
    fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(header, { maxLength: 2 }) }),
    mostly("\r\n", end),
    mostly("", body),
  )
  .map(([verb, url, protocol, own, token, headers, eol, content]) => {
    const head = [`${verb} ${url} ${protocol}`, own, ...(token ? [token] : []), ...headers];
    return `${head.join(eol)}${eol}${eol}${content}`;
  });

describe.each(LIVE_LAYERS.slice(0, 1))("the live cache on %s", (_, layer) => {
  let store: Store;
  let live: Live;
  beforeAll(async () => {
    store = await startStore({ x: CANARY, y: `{"B":"${CANARY}"}` });
    live = await startLive(layer, store.url, { A: "x", "*": "y" }, { SECRETS_LOG_LEVEL: "TRACE" });
    expect((await live.get("/secrets/A")).body).toBe(CANARY);
  });
  afterAll(async () => {
    await live.stop();
    store.close();
  });

  it("gives no value to who has no token, and goes on", async () => {
    // A few at a time on one connection: what is left of one is the beginning of the next.
    const pipelines = fc.array(request, { minLength: PER_CONNECTION, maxLength: PER_CONNECTION });
    const property = fc.asyncProperty(pipelines, async (requests) => {
      const answer = await send(live.port, requests.join(""));
      expect(answer).not.toContain(CANARY);
    });
    await fc.assert(property, runs(1 / PER_CONNECTION));
    expect(live.process.exitCode).toBeNull();
    expect((await live.get("/secrets/A")).body).toBe(CANARY);
    expect(live.log()).not.toContain(CANARY);
    // Of what was asked for without a token, nothing was fetched.
    expect(new Set(store.asked)).toEqual(new Set(["x", "y"]));
  });
});

/** All that comes back until the server closes, or has nothing more to say. */
function send(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(received));
    socket.end(Buffer.from(bytes, "utf8"));
  });
}
