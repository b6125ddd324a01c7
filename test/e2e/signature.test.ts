// Whether AWS would accept what the built layer sends: its Signature Version 4, computed from the documentation.

import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { lambdaEnv, run } from "../support/run.ts";
import { serve } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

it.each(WRAPPERS)("on %s a request has the signature that AWS computes", async (_, wrapper) => {
  const signatures: { sent: string; computed: string }[] = [];
  const server = await serve(async (request, response) => {
    const env = lambdaEnv("", {});
    signatures.push(signatureOf(request, await text(request), env.AWS_SECRET_ACCESS_KEY ?? ""));
    response.end(JSON.stringify({ ARN: "arn", Name: "prod/x", VersionId: "v", SecretString: "value" }));
  });
  const ended = await run(wrapper, ["true"], lambdaEnv(server.url, { A: "prod/x" }));
  server.close();
  expect(ended.status).toBe(0);
  expect(signatures).toEqual([{ sent: signatures[0]?.computed, computed: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
});

function signatureOf({ method, url, headers }: IncomingMessage, body: string, secretKey: string) {
  const authorization = headers.authorization ?? "";
  const [, scope = "", signed = "", sent = ""] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(authorization) ?? [];
  const lines = signed.split(";").map((name) => `${name}:${headers[name]}\n`);
  const request = [method, url, "", lines.join(""), signed, sha256(body)].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(request)].join("\n");
  const key = scope.split("/").reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${secretKey}`);
  return { sent, computed: hmac(key, toSign).toString("hex") };
}

function sha256(data: string): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
