import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import type { HttpRequest } from "@smithy/types";
import { type Connecting, requestHandler } from "../../../../core/sources/sdk/request-handler.ts";
import { CANARY, expectNoCanary } from "../../../support/canary.ts";
import { startProxy } from "../../../support/proxy.ts";
import { closedPort, closing, listen } from "../../servers.ts";

function toRequest(url: string, rest: Partial<HttpRequest> = {}): HttpRequest {
  const { protocol, hostname, port } = new URL(url);
  return { method: "POST", protocol, hostname, port: Number(port), path: "/", headers: {}, ...rest };
}

const send = (request: HttpRequest, { timeoutMs = 5000, ...connecting }: Connecting & { timeoutMs?: number } = {}) =>
  requestHandler(connecting).handle(request, { requestTimeout: timeoutMs });

const echo: RequestListener = async (request, response) => {
  const body = await text(request);
  response
    .writeHead(418, { "x-asked": `${request.method} ${request.url} ${request.headers["x-amz-target"]}` })
    .end(body);
};

it("sends method, path, headers and body, and gives status, headers and bytes of any answer", async () => {
  const request = toRequest(await listen(echo), { path: "/a?b=c", headers: { "x-amz-target": "t" }, body: "é\n" });
  const { response } = await send(request);
  expect(response).toMatchObject({ statusCode: 418, headers: { "x-asked": "POST /a?b=c t" } });
  expect(new TextDecoder().decode(response.body)).toBe("é\n");
});

it.each([
  ["bytes", new TextEncoder().encode('{"SecretId":"é"}'), '{"SecretId":"é"}'],
  ["no body", undefined, ""],
])("sends %s", async (_, body, expected) => {
  const { response } = await send(toRequest(await listen(echo), { body }));
  expect(new TextDecoder().decode(response.body)).toBe(expected);
});

it("needs no port in the address", async () => {
  const { port, ...request } = toRequest("http://127.0.0.1:1");
  // Whoever listens on port 80 here.
  const answer = await send(request).catch((error) => error);
  expect(answer).not.toMatchObject({ code: "ERR_INVALID_URL" });
});

it("says which host failed, how, and how far the request had come", async () => {
  const failure = send(toRequest(await closedPort()));
  await expect(failure).rejects.toMatchObject({ code: "ECONNREFUSED", phase: "connect", host: "127.0.0.1" });
});

it("ends at the deadline", async () => {
  const failure = send(toRequest(await listen(() => {})), { timeoutMs: 300 });
  await expect(failure).rejects.toMatchObject({ code: "ETIMEDOUT", phase: "response" });
});

it("trusts the CA that is given, which must be one", async () => {
  const failure = send(toRequest("https://127.0.0.1:1"), { ca: "" });
  await expect(failure).rejects.toMatchObject({ code: "ERR_CA", phase: "ca" });
});

it("does not mistake plain HTTP for TLS", async () => {
  const plain = await listen(echo);
  const failure = send(toRequest(plain.replace("http:", "https:")));
  await expect(failure).rejects.toMatchObject({ code: "EPROTO", phase: "handshake" });
});

describe("through a proxy", () => {
  const authorization = `Basic ${CANARY}`;
  const named = (url: string) => ({ variable: "HTTP_PROXY", proxy: { url, authorization } });
  const request = toRequest("http://service.test:81", { path: "/a", headers: { host: "service.test:81" } });

  it("asks it for the URL", async () => {
    const proxy = closing(await startProxy(await listen(echo)));
    const asked: string[] = [];
    const proxyFor = (url: string) => {
      asked.push(url);
      return named(`http://${proxy.address}`);
    };
    expect((await send(request, { proxyFor })).response.statusCode).toBe(418);
    expect(proxy.asked).toEqual([{ what: "POST http://service.test:81/a", authorization }]);
    expect(asked).toEqual(["http://service.test:81/a"]);
  });

  it.each([
    [[407], "ERR_PROXY_TUNNEL", 407],
    [undefined, "ECONNREFUSED", undefined],
  ])("says which proxy failed, without the password", async (answers, code, status) => {
    const proxy = answers && closing(await startProxy(undefined, { answers }));
    const url = proxy ? `http://${proxy.address}` : await closedPort();
    const error = await send(request, { proxyFor: () => named(url) }).catch((error) => error);
    const told = { variable: "HTTP_PROXY", address: url.replace("http://", "") };
    expect(error).toMatchObject({ code, host: "service.test", proxy: told, ...(status && { status }) });
    expectNoCanary(error);
  });

  it("sends nothing where the variable names none that is supported", async () => {
    const proxyFor = () => ({ variable: "HTTP_PROXY" });
    const told = { variable: "HTTP_PROXY", address: "" };
    await expect(send(request, { proxyFor })).rejects.toMatchObject({ code: "ERR_PROXY_URL", proxy: told });
  });

  it("goes directly where the URL has none", async () => {
    const { response } = await send(toRequest(await listen(echo)), { proxyFor: () => undefined });
    expect(response.statusCode).toBe(418);
  });
});
