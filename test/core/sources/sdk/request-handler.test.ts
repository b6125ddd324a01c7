import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import type { HttpRequest } from "@smithy/types";
import { requestHandler } from "../../../../core/sources/sdk/request-handler.ts";
import { closedPort, listen } from "../../servers.ts";

function toRequest(url: string, rest: Partial<HttpRequest> = {}): HttpRequest {
  const { protocol, hostname, port } = new URL(url);
  return { method: "POST", protocol, hostname, port: Number(port), path: "/", headers: {}, ...rest };
}

const send = (request: HttpRequest, { timeoutMs = 5000, ca }: { timeoutMs?: number; ca?: string } = {}) =>
  requestHandler(ca).handle(request, { requestTimeout: timeoutMs });

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
