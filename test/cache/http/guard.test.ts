import * as fc from "fast-check";
import type { Answer } from "../../../cache/http/answer.ts";
import { guard } from "../../../cache/http/guard.ts";

const TOKEN = "session-token";
const check = (token: string) => token === TOKEN;
const request = (headers: Record<string, string>) => ({
  method: "GET",
  url: "/secrets",
  headers: { host: "localhost:2773", "x-aws-parameters-secrets-token": TOKEN, ...headers },
});
const status = (headers: Record<string, string>) => (guard(request(headers), check) as Answer | undefined)?.status;

it.each(["localhost", "localhost:2773", "LOCALHOST:1", "127.0.0.1:2773", "127.255.0.3", "[::1]:2773"])(
  "lets a request with the token and the host %s pass",
  (host) => {
    expect(status({ host })).toBeUndefined();
  },
);

it.each([
  "169.254.169.254",
  "example.com",
  "localhost.example.com",
  "127.0.0.1.example.com",
  "127.0.0.1:2773.example.com",
  "example.com:2773",
  "0.0.0.0",
  "10.0.0.1:2773",
  "",
])("refuses the host %j", (host) => {
  expect(status({ host })).toBe(403);
});

it("refuses a request without a host, as of HTTP/1.0", () => {
  const { host, ...headers } = request({}).headers;
  expect(guard({ ...request({}), headers }, check)).toMatchObject({ status: 403 });
});

it.each(["x-forwarded-for", "forwarded"])("refuses a request with %s, even with the token", (name) => {
  expect(status({ [name]: "127.0.0.1" })).toBe(400);
  expect(status({ [name]: "" })).toBe(400);
});

it("refuses every other token, and none", () => {
  fc.assert(
    fc.property(fc.string(), (token) => {
      expect(status({ "x-aws-parameters-secrets-token": token })).toBe(token === TOKEN ? undefined : 403);
    }),
  );
  const { "x-aws-parameters-secrets-token": _, ...headers } = request({}).headers;
  expect(guard({ ...request({}), headers }, check)).toMatchObject({ status: 403 });
});

it("waits for a check that takes its time", async () => {
  expect(await guard(request({}), async () => true)).toBeUndefined();
  expect(await guard(request({}), async () => false)).toMatchObject({ status: 403 });
});

it("does not repeat a token", () => {
  const answer = guard(request({ "x-aws-parameters-secrets-token": "hunter2" }), check) as Answer;
  expect(JSON.stringify(answer)).not.toContain("hunter2");
});
