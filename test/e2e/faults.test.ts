import { mkdtempSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificate, makeCertificate } from "../support/certificate.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { serve, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const CANARY = "canary-7f3a9c";
const VALUE = JSON.stringify({ Name: "prod/db", SecretString: CANARY });
const START = ["sh", "-c", "echo started"];

const serverError: RequestListener = (_, response) => response.writeHead(500).end('{"__type":"InternalServiceError"}');
const throttling: RequestListener = (_, response) =>
  response.writeHead(400).end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
const success: RequestListener = (_, response) => response.writeHead(200).end(VALUE);
const hang: RequestListener = () => {};

/** The listeners' turns, one for each request; the last stays. */
function inTurn(...listeners: RequestListener[]): RequestListener {
  let turn = 0;
  return (request, response) => listeners[Math.min(turn++, listeners.length - 1)]?.(request, response);
}

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  async function runAt(url: string, changes: Record<string, string> = {}) {
    return await run(wrapper, START, { ...lambdaEnv(url, { DB: "prod/db" }), ...changes });
  }

  async function runWith(listener: RequestListener, changes: Record<string, string> = {}) {
    const server = await serve(listener);
    const ended = await runAt(server.url, changes);
    server.close();
    return ended;
  }

  function expectReport(ended: Awaited<ReturnType<typeof run>>, message: RegExp) {
    expect(ended).toMatchObject({ status: 1, stdout: Buffer.alloc(0) });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).toMatch(/^\[secrets-wrapper\] ERROR DB \(from "prod\/db"\): /m);
    expect(ended.stderr).not.toContain(CANARY);
  }

  it.each<[string, RequestListener, RegExp]>([
    ["answers 500", serverError, /Secrets Manager failed \(status 500\)/],
    ["throttles", throttling, /throttled/],
    ["closes", (request) => request.socket.destroy(), /closed the connection/],
    ["answers half", (_, response) => half(response), /closed the connection before its answer ended/],
    ["is not HTTP", (request) => request.socket.end("SSH-2.0-OpenSSH_9.6\r\n"), /the host's answer is not HTTP/],
    [
      "answers in HTML",
      (_, response) => response.end(`<html>${CANARY}`),
      /not one of Secrets Manager's \(status 200\)/,
    ],
    ["answers half a JSON", (_, response) => response.end(VALUE.slice(0, -2)), /not one of Secrets Manager's/],
    ["gives no value", (_, response) => response.end("{}"), /the service's answer holds no value/],
    ["gives no object", (_, response) => response.end('"text"'), /the service's answer holds no value/],
    ["answers 5 MB", (_, response) => response.end(CANARY.repeat(400_000)), /far larger than a secret/],
  ])("an endpoint that %s", async (_, listener, message) => {
    expectReport(await runWith(listener), message);
  });

  it("an endpoint that refuses", async () => {
    expectReport(await runAt("http://127.0.0.1:1"), /the host refused the connection/);
  });

  it("an endpoint whose name is not known", async () => {
    expectReport(await runAt("http://secrets.invalid"), /the host's name cannot be resolved/);
  });

  it("an endpoint that hangs, named in the log after one second, given up at the time limit", async () => {
    const ended = await runWith(hang, { SECRETS_TIMEOUT: "1.5" });
    expectReport(ended, /did not answer within 1.5 s \(SECRETS_TIMEOUT\)/);
    expect(ended.stderr).toMatch(/^\[secrets-wrapper\] WARN .*has not answered for one second; waiting for DB\./);
    expect(ended.ms).toBeGreaterThanOrEqual(1500);
  });

  it("an endpoint that hangs in the middle of its answer", async () => {
    const ended = await runWith((_, response) => response.write(VALUE.slice(0, 9)), { SECRETS_TIMEOUT: "0.5" });
    expectReport(ended, /the answer did not end within 0.5 s/);
  });

  it.each([
    ["errors", serverError],
    ["throttling", throttling],
  ])("%s that end after two tries do no harm", async (_, fault) => {
    expect(String((await runWith(inTurn(fault, fault, success))).stdout)).toBe("started\n");
  });

  describeWith("openssl", "over TLS", () => {
    let folder: string;
    let certificate: Certificate;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "faults-"));
      certificate = makeCertificate(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    async function runOverTls(changes: (url: string) => { url?: string; env?: Record<string, string> }) {
      const store = await startStore({ "prod/db": CANARY }, { tls: certificate });
      const { url = store.url, env = {} } = changes(store.url);
      const ended = await runAt(url, env);
      store.close();
      return ended;
    }

    it("believes the authorities in AWS_CA_BUNDLE", async () => {
      const ended = await runOverTls(() => ({ env: { AWS_CA_BUNDLE: certificate.caFile } }));
      expect(String(ended.stdout)).toBe("started\n");
    });

    it("an endpoint of an unknown authority", async () => {
      expectReport(await runOverTls(() => ({})), /certificate is from an unknown authority.*AWS_CA_BUNDLE/);
    });

    it("an endpoint with another host's certificate", async () => {
      const changes = (url: string) => ({
        url: url.replace("localhost", "127.0.0.1"),
        env: { AWS_CA_BUNDLE: certificate.caFile },
      });
      expectReport(await runOverTls(changes), /certificate is for another host name/);
    });

    it("a file in AWS_CA_BUNDLE that is not there", async () => {
      const ended = await runOverTls(() => ({ env: { AWS_CA_BUNDLE: "/none.pem" } }));
      expectReport(ended, /the file in AWS_CA_BUNDLE cannot be used/);
    });
  });

  it("an endpoint that does not speak TLS where it should", async () => {
    const server = await serve(success);
    const ended = await runAt(server.url.replace("http:", "https:"));
    server.close();
    expectReport(ended, /TLS could not be agreed/);
  });
});

function half(response: Parameters<RequestListener>[1]) {
  response.writeHead(200, { "content-length": String(VALUE.length) });
  response.write(VALUE.slice(0, 20), () => response.destroy());
}
